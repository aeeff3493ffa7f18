import type { Typing } from '../../src/rendering/message.ts'
import { useAssistant } from './context.ts'

interface Props {
  readonly label: string
  readonly id?: string
  readonly typing: Typing | undefined
  readonly date: boolean | undefined
  readonly value: string
  /** Id of what is wrong with it, where something is. */
  readonly problem: string | undefined
  readonly hint?: string
  readonly readOnly?: boolean
  readonly onType: (value: string) => void
}

/** A field to type into, several lines where the answer is long; for a day, a calendar stands beside it. */
export function TypedField({ label, id, typing, date, value, problem, hint, readOnly, onType }: Props) {
  const { strings } = useAssistant()
  const described = [problem, hint].filter((each) => each !== undefined).join(' ')
  const common = {
    id,
    'aria-label': id === undefined ? label : undefined,
    'aria-describedby': described || undefined,
    'aria-invalid': problem !== undefined,
    autoComplete: 'off',
    spellcheck: false,
    value,
    readOnly,
    maxLength: 1000,
    onInput: (event: { currentTarget: { value: string } }) => onType(event.currentTarget.value),
    // Enter that picks a word of an input method must not send the form.
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) event.preventDefault()
    },
  }
  if (typing === 'long') return <textarea {...common} class="field" rows={3} />
  const text = <input {...common} class="field" type="text" inputMode={date ? 'text' : (typing ?? 'text')} />
  if (!date) return text
  return (
    <div class="day">
      {text}
      <input
        type="date"
        class="field calendar"
        aria-label={`${strings.calendar}: ${label}`}
        value={/^\d{4}-\d{2}-\d{2}$/.test(value) ? value : ''}
        readOnly={readOnly}
        onChange={(event) => onType(event.currentTarget.value)}
      />
    </div>
  )
}
