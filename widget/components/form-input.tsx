import { useRef, useState } from 'preact/hooks'
import type { Form, FormField, Input } from '../../src/rendering/message.ts'
import { fill } from '../strings.ts'
import { plainText } from '../text/plain.ts'
import { useAssistant } from './context.ts'
import { TypedField } from './typed-field.tsx'

interface Props {
  readonly input: Input
  readonly form: Form
  readonly id: string
  readonly active: boolean
  /** What was sent, once it was. */
  readonly sent: Readonly<Record<string, string>> | undefined
}

const LEFT_OUT = 'unsure'

/**
 * Several plain questions at once. Only emptiness is checked here; what the bot does not take comes back with
 * the next message, each error at its field and what was typed still in it.
 */
export function FormInput({ input, form, id, active, sent }: Props) {
  const { strings, session } = useAssistant()
  const [typed, setTyped] = useState(() => startValues(form))
  const [missing, setMissing] = useState<readonly string[]>([])
  const frame = useRef<HTMLFormElement>(null)
  if (!active) return <SentForm form={form} sent={sent} />

  const change = (question: string, value: string) => {
    setTyped({ ...typed, [question]: value })
    setMissing(missing.filter((other) => other !== question))
  }
  const submit = (event: Event) => {
    event.preventDefault()
    const empty = form.fields.filter(({ question }) => (typed[question] ?? '').trim() === '')
    setMissing(empty.map(({ question }) => question))
    const [first] = empty
    if (first) return frame.current?.querySelector<HTMLElement>(`[id="${fieldId(id, first)}"]`)?.focus()
    const answers = Object.fromEntries(
      form.fields.map(({ question }) => [question, (typed[question] ?? '').trim()]),
    )
    // The form goes away with the answer; the focus of who sent it stays in the conversation.
    frame.current?.closest<HTMLElement>('[role=log]')?.focus()
    const labels = form.fields.map(({ label }) => plainText(label))
    const list = new Intl.ListFormat(session.state.language).format(labels)
    session.send(fill(strings.filledIn, { labels: list }), {
      kind: 'answers',
      version: input.version,
      answers,
    })
  }
  return (
    <form ref={frame} class="form" aria-label={plainText(form.title)} onSubmit={submit} noValidate>
      {form.fields.map((field) => (
        <FieldView
          key={field.question}
          field={field}
          id={fieldId(id, field)}
          value={typed[field.question] ?? ''}
          problem={missing.includes(field.question) ? strings.fillIn : problemOf(field, typed)}
          onChange={(value) => change(field.question, value)}
        />
      ))}
      <div class="submit-row">
        <button type="submit" class="primary">
          {form.submit}
        </button>
      </div>
    </form>
  )
}

interface FieldProps {
  readonly field: FormField
  readonly id: string
  readonly value: string
  readonly problem: string | undefined
  readonly onChange: (value: string) => void
}

function FieldView({ field: { label, hint, typing, date, skip }, id, value, problem, onChange }: FieldProps) {
  const leftOut = value === LEFT_OUT
  return (
    <div class={problem === undefined ? 'form-field' : 'form-field wrong'}>
      <label for={id}>{plainText(label)}</label>
      {hint !== undefined && (
        <p id={`${id}-hint`} class="field-note">
          {plainText(hint)}
        </p>
      )}
      <p id={`${id}-error`} class="field-error" role="alert">
        {problem}
      </p>
      <TypedField
        label={plainText(label)}
        id={id}
        typing={typing}
        date={date}
        value={leftOut ? '' : value}
        problem={problem === undefined ? undefined : `${id}-error`}
        hint={hint === undefined ? undefined : `${id}-hint`}
        readOnly={leftOut}
        onType={onChange}
      />
      {skip !== undefined && (
        <label class="leave-out">
          <input
            type="checkbox"
            checked={leftOut}
            onChange={(event) => onChange(event.currentTarget.checked ? LEFT_OUT : '')}
          />
          <span>
            {skip}
            <span class="hidden"> ({plainText(label)})</span>
          </span>
        </label>
      )}
    </div>
  )
}

/** What was sent, to be read; how it reads when left out is the form's own word for that. */
function SentForm({ form, sent }: { form: Form; sent: Props['sent'] }) {
  if (!sent) return null
  return (
    <dl class="summary" aria-label={plainText(form.title)}>
      {form.fields.map(({ question, label, skip }) => (
        <div class="summary-row" key={question}>
          <dt>{plainText(label)}</dt>
          <dd>{sent[question] === LEFT_OUT ? skip : sent[question]}</dd>
        </div>
      ))}
    </dl>
  )
}

/** An error stands until the value it is about is changed. */
function problemOf({ question, value = '', error }: FormField, typed: Values): string | undefined {
  return error !== undefined && typed[question] === value ? plainText(error) : undefined
}

type Values = Readonly<Record<string, string>>

function startValues({ fields }: Form): Values {
  return Object.fromEntries(fields.map(({ question, value = '' }) => [question, value]))
}

function fieldId(id: string, { question }: FormField): string {
  return `${id}-${question}`
}
