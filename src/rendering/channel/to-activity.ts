import type { Language } from '../../language.ts'
import type { Block, Message } from '../message.ts'
import type { Capabilities } from './capabilities.ts'
import { adaptiveCards, CARDS_LIMIT, type AdaptiveCard } from './card/adaptive-card.ts'
import { weigh } from './card/elements.ts'
import { plainLine } from './markdown.ts'
import { blockText, plainText } from './plain-text.ts'
import { suggestedActions, type SuggestedActions } from './suggested-actions.ts'
import type { ChannelWords } from './words.ts'

/** Structural twin of a Bot Framework message activity: what the bot sends. */
export interface OutgoingActivity {
  readonly type: 'message'
  /** Never empty: notifications, screen readers and simple clients have nothing else. */
  readonly text: string
  readonly textFormat: 'plain'
  readonly locale: Language
  readonly inputHint: 'expectingInput' | 'acceptingInput'
  readonly attachmentLayout?: 'list'
  readonly attachments?: CardAttachment[]
  readonly suggestedActions?: SuggestedActions
  readonly channelData?: { readonly message: Message }
}

export interface CardAttachment {
  readonly contentType: 'application/vnd.microsoft.card.adaptive'
  readonly content: AdaptiveCard
}

/** The opening of a message longer than this goes on in the card. */
const LONGEST_OPENING = 3_000
const MOST_SUGGESTED = 12

/**
 * A message as one activity. Plain text is the fallback of everything. Of cards that are too much for one activity
 * the end is left out, and a line says so; `toActivities` leaves nothing out.
 */
export function toActivity(message: Message, able: Capabilities, words: ChannelWords): OutgoingActivity {
  const light = withoutCards(message, able, words)
  const { opening, rest } = divide(message, words)
  const cards = light ? undefined : adaptiveCards(rest, words)
  return light ?? (cards ? withCards(message, opening, cards) : asText(message, words))
}

/** A message as one activity, or several where the channel does not take as much in one. */
export function toActivities(
  message: Message,
  able: Capabilities,
  words: ChannelWords,
): readonly OutgoingActivity[] {
  const light = withoutCards(message, able, words)
  if (light) return [light]
  const { opening, rest } = divide(message, words)
  const cards = adaptiveCards(rest, words, Infinity)
  if (!cards) return [asText(message, words)]
  const [first = [], ...others] = groups(cards)
  const goesOn = nameOf(rest, words)
  return [withCards(message, opening, first), ...others.map((more) => withCards(message, goesOn, more))]
}

/** Where the channel shows no cards, or the message needs none. */
function withoutCards(
  message: Message,
  able: Capabilities,
  words: ChannelWords,
): OutgoingActivity | undefined {
  if (able.whole) return { ...asText(message, words), channelData: { message } }
  if (!able.cards) return asText(message, words)
  const { opening, rest } = divide(message, words)
  if (!able.suggestedActions || rest.blocks.length > 0) return undefined
  const buttons = suggestedActions(rest, words)
  if (!buttons || buttons.actions.length > MOST_SUGGESTED) return undefined
  return { ...commonOf(message), text: opening, suggestedActions: buttons }
}

function asText(message: Message, words: ChannelWords): OutgoingActivity {
  return { ...commonOf(message), text: plainText(message, words) }
}

function withCards(message: Message, text: string, cards: readonly AdaptiveCard[]): OutgoingActivity {
  if (cards.length === 0) return { ...commonOf(message), text }
  return {
    ...commonOf(message),
    text,
    attachmentLayout: 'list',
    attachments: cards.map((content) => ({
      contentType: 'application/vnd.microsoft.card.adaptive',
      content,
    })),
  }
}

function commonOf({ language, input }: Message) {
  return {
    type: 'message',
    textFormat: 'plain',
    locale: language,
    inputHint: input ? 'expectingInput' : 'acceptingInput',
  } as const
}

/** Cards that go together into one activity; counted from the end, so that a question and its buttons stay together. */
function groups(cards: readonly AdaptiveCard[]): readonly (readonly AdaptiveCard[])[] {
  const found: AdaptiveCard[][] = []
  let left = 0
  for (const card of cards.toReversed()) {
    const weight = weigh(card)
    const next = found[0]
    if (next && weight <= left) {
      next.unshift(card)
      left -= weight
    } else {
      found.unshift([card])
      left = CARDS_LIMIT - weight
    }
  }
  return found
}

interface Divided {
  readonly opening: string
  readonly rest: Message
}

/**
 * What is said first goes as text and all else as a card, so that channels which show both say nothing twice. A
 * message that opens with a list is named by its title.
 */
function divide(message: Message, words: ChannelWords): Divided {
  const { blocks } = message
  let opening = ''
  let end = 0
  for (const block of blocks) {
    if (block.kind !== 'heading' && block.kind !== 'text') break
    const longer = [opening, blockText(block, words)].filter((part) => part !== '').join('\n\n')
    if (longer.length > LONGEST_OPENING) break
    opening = longer
    end += 1
  }
  const rest = { ...message, blocks: blocks.slice(end) }
  return { opening: opening === '' ? nameOf(message, words) : opening, rest }
}

function nameOf({ blocks, input }: Message, words: ChannelWords): string {
  const names = [...blocks.map(titleOf), input?.label ?? ''].map(plainLine)
  const [name = words.choose] = names.filter((candidate) => candidate !== '')
  return name.slice(0, 300)
}

function titleOf(block: Block): string {
  return 'text' in block ? block.text : (block.title ?? '')
}
