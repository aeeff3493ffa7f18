import { useState } from 'preact/hooks'
import type { Input } from '../../src/rendering/message.ts'
import { plainText } from '../text/plain.ts'
import { UnsureButton } from './choice-input.tsx'
import { useAssistant } from './context.ts'
import { answerTo, type InputProps } from './input.tsx'

/** Several of a list: check boxes and a button that sends them. */
export function ChoicesInput({ input, id, active, chosen }: InputProps) {
  const { strings, session } = useAssistant()
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [error, setError] = useState(false)
  const shown = active ? ticked : chosen

  const submit = (event: Event) => {
    event.preventDefault()
    if (!active) return
    if (ticked.length === 0) return setError(true)
    const labels = input.options.filter(({ value }) => ticked.includes(value)).map(({ label }) => label)
    session.send(new Intl.ListFormat(session.state.language).format(labels), answerTo(input, ticked))
  }
  return (
    <form class={active ? 'choices' : 'choices old'} onSubmit={submit} noValidate>
      <fieldset>
        <legend class="hidden">{plainText(input.label)}</legend>
        {input.options.map(({ value, label, hint }) => (
          <label key={value} class={shown.includes(value) ? 'tick chosen' : 'tick'}>
            <input
              type="checkbox"
              checked={shown.includes(value)}
              disabled={!active}
              aria-describedby={error ? `${id}-error` : undefined}
              onChange={() => {
                setError(false)
                setTicked(toggle(input, ticked, value))
              }}
            />
            <span class="option-text">
              <span class="option-label">{label}</span>
              {hint !== undefined && <span class="option-hint">{hint}</span>}
            </span>
          </label>
        ))}
      </fieldset>
      <p id={`${id}-error`} class="field-error" role="alert">
        {error && active ? strings.chooseAtLeastOne : ''}
      </p>
      <div class="submit-row">
        <button type="submit" class="primary" aria-disabled={!active} tabIndex={active ? undefined : -1}>
          {input.submit}
        </button>
        <UnsureButton input={input} active={active} chosen={chosen} />
      </div>
    </form>
  )
}

/** Ticks or unticks `value`; the option that stands alone and the others exclude each other. */
function toggle(input: Input, ticked: readonly string[], value: string): readonly string[] {
  if (ticked.includes(value)) return ticked.filter((other) => other !== value)
  if (value === input.alone) return [value]
  const next = [...ticked.filter((other) => other !== input.alone), value]
  return input.options.map((option) => option.value).filter((option) => next.includes(option))
}
