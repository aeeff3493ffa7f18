import type { Option } from '../../src/rendering/message.ts'
import { useAssistant } from './context.ts'
import { CheckIcon } from './icons.tsx'

interface Props {
  readonly option: Option
  readonly active: boolean
  readonly chosen: boolean
  readonly quiet?: boolean
  readonly onChoose: () => void
}

/**
 * One option. Once the question is answered it stays where it is, readable, and says which one was chosen; it
 * is not removed or natively disabled, because that would throw away the focus of the person who pressed it.
 */
export function OptionButton({ option, active, chosen, quiet = false, onChoose }: Props) {
  const { strings } = useAssistant()
  return (
    <button
      type="button"
      class={`option${quiet ? ' quiet' : ''}${chosen ? ' chosen' : ''}`}
      aria-disabled={!active}
      tabIndex={active ? undefined : -1}
      onClick={() => active && onChoose()}
    >
      {chosen && <CheckIcon />}
      <span class="option-text">
        <span class="option-label">{option.label}</span>
        {option.hint !== undefined && <span class="option-hint">{option.hint}</span>}
      </span>
      {chosen && <span class="hidden"> ({strings.chosen})</span>}
    </button>
  )
}
