import type { Activity } from 'botbuilder'
import { z } from 'zod'
import { plainLine } from '../../rendering/channel/markdown.ts'
import { cardOf, type Card } from '../messaging/card.ts'
import type { Limits, Payload } from '../messaging/channel.ts'
import { measure, splitText } from '../messaging/split-text.ts'
import { inert, linesOf, textLines, type Line } from './markdown.ts'

/**
 * Replies and messages together: 30 a minute and 1,000 an hour to one member or chat; what is above that WeCom drops
 * without a word. 12 at once and one every 3.7 seconds stay below both.
 */
const PACE = { burst: 12, perSecond: 0.27 }
/** Markdown of the app: 2,048 bytes. */
export const APP_LIMITS: Limits = { ...PACE, length: 2_048, unit: 'bytes' }
/** The bot takes 20,480 bytes; nobody reads that in a chat. */
export const BOT_LIMITS: Limits = { ...PACE, length: 6_000, unit: 'bytes' }

const BUTTONS_IN_CARD = 6
const MOST_BUTTONS = 18
const LONGEST_LABEL = 20
const LONGEST_TITLE = 26
const LONGEST_COMMAND = 1_024

export const messageSchema = z.discriminatedUnion('msgtype', [
  z.object({ msgtype: z.literal('markdown'), markdown: z.object({ content: z.string() }) }),
  z.object({ msgtype: z.literal('template_card'), template_card: z.record(z.string(), z.json()) }),
])

/**
 * An activity as messages of WeCom's: what a card says as Markdown, its buttons as template cards below, which hold
 * no more than a title.
 */
export function toWecom(
  { text = '', channelData }: Partial<Activity>,
  { length }: Limits,
): readonly Payload[] {
  const card = cardOf(channelData)
  const lines = card ? card.blocks.flatMap(linesOf) : text.trim() === '' ? [] : textLines(text.trim())
  const messages = packed(lines, length).map((content) => ({ msgtype: 'markdown', markdown: { content } }))
  return [...messages, ...(card ? buttonCards(card, text) : [])]
}

function packed(lines: readonly Line[], limit: number): readonly string[] {
  const messages: string[] = []
  let open = ''
  for (const { rich, plain, gap } of lines) {
    const longer = open === '' ? rich : `${open}${gap ? '\n\n' : '\n'}${rich}`
    if (measure(longer, 'bytes') <= limit) open = longer
    else {
      if (open.trim() !== '') messages.push(open)
      const parts =
        measure(rich, 'bytes') <= limit ? [rich] : splitText(plain, { length: limit, unit: 'bytes' })
      messages.push(...parts.slice(0, -1))
      open = parts.at(-1) ?? ''
    }
  }
  return open.trim() === '' ? messages : [...messages, open]
}

function buttonCards(card: Card, text: string): readonly Payload[] {
  // What does not fit can still be typed.
  const fitting = card.buttons.filter(({ command }) => measure(command, 'bytes') <= LONGEST_COMMAND)
  // WeCom takes no command twice.
  const buttons = [...new Map(fitting.map((button) => [button.command, button])).values()]
    .slice(0, MOST_BUTTONS)
    .map(({ label, command }) => ({ text: shortened(inert(label), LONGEST_LABEL), key: command }))
  const title = shortened(inert(titleOf(card, text)), LONGEST_TITLE)
  const cards: Payload[] = []
  for (let at = 0; at < buttons.length; at += BUTTONS_IN_CARD)
    cards.push({
      msgtype: 'template_card',
      template_card: {
        card_type: 'button_interaction',
        main_title: { title },
        button_list: buttons.slice(at, at + BUTTONS_IN_CARD),
      },
    })
  return cards
}

/** What the buttons belong to: the heading above, or the first line. */
function titleOf({ blocks }: Card, text: string): string {
  const heading =
    blocks.find((block) => block.kind === 'heading') ?? blocks.find((block) => block.kind === 'text')
  const title = heading ? plainLine(heading.text) : text
  return title.trim() === '' ? '…' : title
}

function shortened(text: string, length: number): string {
  if (text.length <= length) return text
  return `${splitText(text, { length: length - 1, unit: 'characters' })[0] ?? ''}…`
}
