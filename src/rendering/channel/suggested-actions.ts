import { UNSURE } from '../../rules/answers.ts'
import type { Input, Message, Payload } from '../message.ts'
import { optionText } from './plain-text.ts'
import type { ChannelWords } from './words.ts'

/** Structural twin of the Bot Framework's CardAction. */
export interface SuggestedAction {
  readonly type: 'messageBack'
  readonly title: string
  /** What the channel shows as said by the person, and sends as text for a bot that reads no value. */
  readonly displayText: string
  readonly text: string
  readonly value: Payload
}

export interface SuggestedActions {
  readonly to: string[]
  readonly actions: SuggestedAction[]
}

/**
 * Options and actions as buttons below the message. `messageBack` alone carries a structured value, keeps a
 * readable text beside it and leaves a trace of the choice in the conversation: `imBack` sends text only and
 * `postBack` shows nothing. Undefined where there is nothing to press, several options may be chosen, or a form is asked.
 */
export function suggestedActions(message: Message, words: ChannelWords): SuggestedActions | undefined {
  const { input, actions = [] } = message
  if (input?.kind === 'choices' || input?.form) return undefined
  const buttons = [
    ...(input ? optionButtons(input, words) : []),
    ...actions.map(({ label, payload }) => button(label, payload)),
  ]
  return buttons.length === 0 ? undefined : { to: [], actions: buttons }
}

function optionButtons(input: Input, words: ChannelWords): readonly SuggestedAction[] {
  const options = input.options.map((option) =>
    button(optionText(option, words), answerPayload(input, option.value), option.label),
  )
  return input.unsure === undefined
    ? options
    : [...options, button(input.unsure, answerPayload(input, UNSURE))]
}

export function answerPayload({ question, version }: Input, answer: string): Payload {
  return { kind: 'answer', question, version, answer }
}

function button(title: string, value: Payload, text = title): SuggestedAction {
  return { type: 'messageBack', title, displayText: text, text, value }
}
