import { useState } from 'preact/hooks'
import { plainText } from '../text/plain.ts'
import { UnsureButton } from './choice-input.tsx'
import { useAssistant } from './context.ts'
import { answerTo, type InputProps } from './input.tsx'
import { TypedField } from './typed-field.tsx'

/** A typed answer: a field where the question stands, and a way to leave it out where that is allowed. */
export function TextInput({ input, id, active, chosen }: InputProps) {
  const { strings, session } = useAssistant()
  const [typed, setTyped] = useState('')
  const [error, setError] = useState(false)

  const submit = (event: Event) => {
    event.preventDefault()
    if (!active) return
    const said = typed.trim()
    if (said === '') setError(true)
    else session.send(said, answerTo(input, said))
  }
  return (
    <form class={active ? 'typed' : 'typed old'} onSubmit={submit} noValidate>
      <div class="typed-row">
        <TypedField
          label={plainText(input.label)}
          typing={input.typing}
          date={input.date}
          value={active ? typed : (chosen.find((value) => value !== 'unsure') ?? typed)}
          problem={error && active ? `${id}-error` : undefined}
          // Not disabled: that would take the focus from who has just pressed Enter in it.
          readOnly={!active}
          onType={(value) => {
            setTyped(value)
            setError(false)
          }}
        />
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
