import type { DeskCard } from '../desk-card.ts'
import { fill } from '../fill.ts'
import { adaptiveCards, type AdaptiveCard } from './card/adaptive-card.ts'
import { actionSets, oneLine, type CardElement } from './card/elements.ts'
import { blockText } from './plain-text.ts'
import type { ChannelWords } from './words.ts'

/** A card of staff as text alone: what its buttons say stands below, to be typed. Never empty. */
export function deskText({ blocks, buttons }: DeskCard, words: ChannelWords): string {
  const lines = buttons.map(({ label, command }) => fill(words.pair, { label, value: command }))
  return [...blocks.map((block) => blockText(block, words)), lines.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** The same as an Adaptive Card, whose buttons send `{ desk: command }`. Undefined where it would be too heavy. */
export function deskAdaptiveCard(
  { language, blocks, buttons }: DeskCard,
  words: ChannelWords,
): AdaptiveCard | undefined {
  const [card, ...more] = adaptiveCards({ language, blocks }, words) ?? []
  if (!card || more.length > 0) return undefined
  const actions = buttons.map(({ label, command, primary }): CardElement => ({
    type: 'Action.Submit',
    title: oneLine(label),
    data: { desk: command },
    ...(primary ? { style: 'positive' } : {}),
  }))
  return { ...card, body: [...card.body, ...actionSets(actions)] }
}
