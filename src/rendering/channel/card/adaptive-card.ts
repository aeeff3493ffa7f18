import type { Message } from '../../message.ts'
import { fill } from '../../fill.ts'
import type { ChannelWords } from '../words.ts'
import { actionSets, richText, submitAction, weigh, type CardElement } from './elements.ts'
import { besides, inputElements, isButtons } from './input.ts'
import { heldBy, partsOf, type Part } from './parts.ts'

/** Teams on phones shows nothing newer; later members are left out by hosts that do not know them. */
const VERSION = '1.2'
/** Weight of one card. Teams refuses more than 28 KB in some places. */
export const CARD_LIMIT = 26_000
/** Weight of all cards of a message. Teams recommends 80 KB at most with everything around it. */
export const CARDS_LIMIT = 66_000
const FRAME = 400

export interface AdaptiveCard extends CardElement {
  readonly type: 'AdaptiveCard'
  readonly version: string
  readonly body: readonly CardElement[]
}

/**
 * A message as Adaptive Cards: one, or several where one would be too heavy. The question comes last. Where they
 * weigh more than `limit` together, the end of the lists is left out and a line says how much. Undefined where the
 * question alone does not fit into a card: say it as text then.
 */
export function adaptiveCards(
  message: Message,
  words: ChannelWords,
  limit = CARDS_LIMIT,
): readonly AdaptiveCard[] | undefined {
  const asked = askedParts(message, words)
  const heaviest = Math.max(0, ...asked.map((part) => weightOf(part)))
  const reserved = asked.reduce((sum, part) => sum + weightOf(part) + FRAME, 0)
  if (heaviest > CARD_LIMIT - FRAME || reserved > limit) return undefined
  const told = shorten(
    message.blocks.flatMap((block) => partsOf(block, words)),
    limit - reserved,
    words,
  )
  return pack([...told, ...asked]).map((parts, at) => card(message, parts, at))
}

/** The question, and what else one may do. */
function askedParts({ input, actions }: Message, words: ChannelWords): readonly Part[] {
  const others = besides(input, actions)
  const buttons = others.map(({ label, payload }) => submitAction(label, payload))
  const field = input && !isButtons(input) ? ({ holds: 'field' } as const) : {}
  return [
    ...(input ? [{ elements: inputElements(input, words), ...field }] : []),
    ...(buttons.length > 0 ? [{ elements: actionSets(buttons), ...heldBy(others) }] : []),
  ]
}

function pack(parts: readonly Part[]): readonly (readonly Part[])[] {
  const cards: Part[][] = []
  let left = 0
  for (const part of parts) {
    const last = cards.at(-1)
    const weight = weightOf(part, last?.at(-1))
    if (last && weight <= left && goesWith(part, last)) {
      last.push(part)
      left -= weight
    } else {
      cards.push([part])
      left = CARD_LIMIT - FRAME - weightOf(part)
    }
  }
  return cards
}

function goesWith({ holds }: Part, others: readonly Part[]): boolean {
  return holds === undefined || others.every((other) => other.holds === undefined || other.holds === holds)
}

function shorten(parts: readonly Part[], limit: number, words: ChannelWords): readonly Part[] {
  let weight = NOTE
  const end = parts.findIndex((part, at) => {
    weight += weightOf(part, parts[at - 1])
    const cards = Math.ceil(weight / (CARD_LIMIT - FRAME)) + 1
    return weight + cards * FRAME > limit
  })
  if (end === -1) return parts
  const note = richText(fill(words.more, { count: parts.length - end }), { isSubtle: true })
  return [...parts.slice(0, end), { elements: note }]
}
const NOTE = 1_000

function card(message: Message, parts: readonly Part[], at: number): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: VERSION,
    lang: message.language,
    body: bodyOf(parts, at),
  }
}

/** Parts of one folded list lie in one container below the button that shows and hides it. */
function bodyOf(parts: readonly Part[], card: number): readonly CardElement[] {
  const body: CardElement[] = []
  for (let at = 0; at < parts.length;) {
    const { elements = [], fold } = parts[at] ?? {}
    const end = fold ? endOf(parts, at, fold.list) : at + 1
    if (fold) {
      const items = parts.slice(at, end).flatMap((part) => part.elements)
      body.push(...folded(`fold-${card}-${at}`, fold.title, items))
    } else body.push(...elements)
    at = end
  }
  return body
}

function endOf(parts: readonly Part[], from: number, list: object): number {
  const end = parts.findIndex((part, at) => at > from && part.fold?.list !== list)
  return end === -1 ? parts.length : end
}

function folded(id: string, title: string, items: readonly CardElement[]): readonly CardElement[] {
  return [
    { type: 'ActionSet', actions: [{ type: 'Action.ToggleVisibility', title, targetElements: [id] }] },
    { type: 'Container', id, isVisible: false, items },
  ]
}

/** `before` is what stands before it in the card: one button folds all of a list. */
function weightOf({ elements, fold }: Part, before?: Part): number {
  const opens = fold && fold.list !== before?.fold?.list
  return weigh(elements) + (opens ? weigh(folded('fold-000-000', fold.title, [])) : 0)
}
