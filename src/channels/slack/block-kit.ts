import type { Activity } from 'botbuilder'
import { z } from 'zod'
import type { Limits, Payload } from '../messaging/channel.ts'
import { splitText } from '../messaging/split-text.ts'
import { cardOf, type Card } from '../messaging/card.ts'
import { linesOf, type Element, type Line } from '../messaging/rich-text.ts'
import { toSlackText } from './slack-text.ts'

/** About one message a second to a channel; a text alone is read well up to 4,000 characters. */
export const LIMITS: Limits = { burst: 4, perSecond: 1, length: 3_900, unit: 'characters' }

/** As JSON: Slack refuses messages whose blocks come to about 13,200 characters. */
const MOST_JSON = 9_000
/** Blocks of one message, 50 at most for Slack: some are left for the buttons. */
const MOST_BLOCKS = 40
const MOST_LINES_IN_BLOCK = 20
const BUTTONS_IN_ROW = 5
const MOST_BUTTONS = 25
const LONGEST_LABEL = 75
const LONGEST_COMMAND = 2_000

type Block = { readonly type: string } & Readonly<Record<string, unknown>>
export const messageSchema = z.object({
  text: z.string(),
  blocks: z.array(z.looseObject({ type: z.string() })).optional(),
})

/** An activity as messages of Slack's: a card as Block Kit, with its text for notifications and screen readers. */
export function toSlack({ text = '', channelData }: Partial<Activity>): readonly Payload[] {
  const card = cardOf(channelData)
  if (!card) return text.trim() === '' ? [] : textMessages(text)
  const messages = packed(card.blocks.flatMap((block) => blocksOf(linesOf(block))))
  const last = [...(messages.at(-1) ?? []), ...buttonRows(card)]
  const all = [...messages.slice(0, -1), ...(last.length === 0 ? [] : [last])]
  return all.map((blocks) => z.json().parse({ text: summary(blocks, text), blocks }))
}

function textMessages(text: string): readonly Payload[] {
  // Escaping makes it longer: a text of nothing but `<` still fits what Slack takes, 40,000.
  return splitText(text, LIMITS).map((part) => ({ text: toSlackText(part) }))
}

function blocksOf(lines: readonly Line[]): readonly Block[] {
  const blocks: Block[] = []
  let open: Line[] = []
  const close = () => {
    if (open.length > 0) blocks.push({ type: 'rich_text', elements: sections(open) })
    open = []
  }
  for (const line of lines) {
    const full = open.length >= MOST_LINES_IN_BLOCK || size([...open, line]) > MOST_JSON / 2
    if (full) close()
    open.push(line)
  }
  close()
  return blocks
}

/** Lines in a row are one section: Slack does not say how it sets sections apart. */
function sections(lines: readonly Line[]): readonly unknown[] {
  const all: { type: string; elements: Element[] }[] = []
  for (const { elements, literal } of lines) {
    const last = all.at(-1)
    if (literal) all.push({ type: 'rich_text_preformatted', elements: [...elements] })
    else if (last?.type === 'rich_text_section') last.elements.push({ type: 'text', text: '\n' }, ...elements)
    else all.push({ type: 'rich_text_section', elements: [...elements] })
  }
  return all
}

function packed(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const messages: Block[][] = []
  for (const block of blocks) {
    const last = messages.at(-1)
    if (last && last.length < MOST_BLOCKS && size([...last, block]) <= MOST_JSON) last.push(block)
    else messages.push([block])
  }
  return messages
}

function buttonRows({ buttons }: Card): readonly Block[] {
  // What does not fit can still be typed.
  const fitting = buttons.filter(({ command }) => command.length <= LONGEST_COMMAND).slice(0, MOST_BUTTONS)
  const elements = fitting.map(({ label, command, primary }, at) => ({
    type: 'button',
    action_id: `command-${at}`,
    text: { type: 'plain_text', text: shortened(label, LONGEST_LABEL), emoji: false },
    value: command,
    ...(primary ? { style: 'primary' } : {}),
  }))
  const rows: Block[] = []
  for (let at = 0; at < elements.length; at += BUTTONS_IN_ROW)
    rows.push({ type: 'actions', elements: elements.slice(at, at + BUTTONS_IN_ROW) })
  return rows
}

const spoken = z.object({
  elements: z.array(z.object({ elements: z.array(z.object({ text: z.string().optional() })).optional() })),
})

/** What the blocks say, in the one line or two a notification shows. */
function summary(blocks: readonly Block[], text: string): string {
  const words = blocks
    .filter(({ type }) => type === 'rich_text')
    .flatMap((block) => spoken.parse(block).elements)
    .map(({ elements = [] }) => elements.map((element) => element.text ?? '').join(''))
    .join('')
    .trim()
  return toSlackText(shortened(words === '' ? text : words, 2_000))
}

function shortened(text: string, length: number): string {
  if (text.length <= length) return text
  return `${splitText(text, { length: length - 1, unit: 'characters' })[0] ?? ''}…`
}

function size(value: unknown): number {
  return JSON.stringify(value).length
}
