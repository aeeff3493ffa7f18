import { useState } from 'preact/hooks'
import { plainText } from '../text/plain.ts'
import { UnsureButton } from './choice-input.tsx'
import { useAssistant } from './context.ts'
import { answerTo, type InputProps } from './input.tsx'

/** A typed answer: a field where the question stands, and a way to leave it out where that is allowed. */
export function TextInput({ input, id, active, chosen }: InputProps) {
  const { strings, session } = useAssistant()
  const [typed, setTyped] = useState('')
  const [error, setError] = useState(false)
  const shown = active ? typed : (chosen.find((value) => value !== 'unsure') ?? '')

  const submit = (event: Event) => {
    event.preventDefault()
    if (!active) return
    const said = typed.trim()
    if (said === '') setError(true)
    else session.send(said, answerTo(input, said))
  }
  const common = {
    'aria-label': plainText(input.label),
    'aria-describedby': error ? `${id}-error` : undefined,
    'aria-invalid': error,
    autoComplete: 'off',
    spellcheck: false,
    value: shown,
    disabled: !active,
    maxLength: 1000,
  }
  const type = (event: { currentTarget: { value: string } }) => {
    setTyped(event.currentTarget.value)
    setError(false)
  }
  return (
    <form class={active ? 'typed' : 'typed old'} onSubmit={submit} noValidate>
      <div class="typed-row">
        {input.typing === 'long' ? (
          <textarea {...common} rows={3} onInput={type} />
        ) : (
          <input {...common} type="text" inputMode={input.typing ?? 'text'} onInput={type} />
        )}
        <button type="submit" class="primary" aria-disabled={!active} tabIndex={active ? undefined : -1}>
          {input.submit}
        </button>
      </div>
      <p id={`${id}-error`} class="field-error" role="alert">
        {error && active ? strings.fillIn : ''}
      </p>
      <UnsureButton input={input} active={active} chosen={chosen} />
    </form>
  )
}
