import { plainText } from '../text/plain.ts'
import { useAssistant } from './context.ts'
import { answerTo, type InputProps } from './input.tsx'
import { OptionButton } from './option-button.tsx'

/** Longer labels and hints read better one below the other. */
const SHORT = 14

/** One of a few: a button each, sent at once. */
export function ChoiceInput({ input, active, chosen }: InputProps) {
  const { session } = useAssistant()
  const stacked = input.options.some(({ label, hint }) => hint !== undefined || label.length > SHORT)
  return (
    <div
      role="group"
      aria-label={plainText(input.label)}
      class={`options${stacked ? ' stacked' : ''}${active ? '' : ' old'}`}
    >
      {input.options.map((option) => (
        <OptionButton
          key={option.value}
          option={option}
          active={active}
          chosen={chosen.includes(option.value)}
          onChoose={() => session.send(option.label, answerTo(input, option.value))}
        />
      ))}
      <UnsureButton input={input} active={active} chosen={chosen} />
    </div>
  )
}

/** "I am not sure", where that is an answer: offered, but quieter than the answers. */
export function UnsureButton({ input, active, chosen }: Omit<InputProps, 'id'>) {
  const { session } = useAssistant()
  const { unsure } = input
  if (unsure === undefined) return null
  return (
    <OptionButton
      option={{ value: 'unsure', label: unsure }}
      active={active}
      chosen={chosen.includes('unsure')}
      quiet
      onChoose={() => session.send(unsure, answerTo(input, 'unsure'))}
    />
  )
}
