import type { Activity } from 'botbuilder'
import { z } from 'zod'
import { cardOf, type Card } from '../messaging/card.ts'
import type { Limits, Payload } from '../messaging/channel.ts'
import { splitText } from '../messaging/split-text.ts'
import { linesOf, type Line } from '../messaging/rich-text.ts'
import { toMarkdown } from './markdown.ts'

/** Five messages a second to a chat, which all bots in it share. */
export const LIMITS: Limits = { burst: 4, perSecond: 3, length: 3_500, unit: 'characters' }

/** Feishu takes 30 KB for a message, with its content written as JSON within JSON. The rest is for the buttons. */
const MOST_BYTES = 18_000
const MOST_BUTTON_BYTES = 9_000
/** What the shape of a button and its thread come to. */
const BUTTON_BYTES = 330
const MOST_BUTTONS = 20
const LONGEST_LABEL = 60
const LONGEST_COMMAND = 300
const LONGEST_SUMMARY = 120

const partSchema = z.union([
  z.object({ markdown: z.string() }),
  /** Shown character by character. */
  z.object({ literal: z.string() }),
])
type Part = z.infer<typeof partSchema>

/** What is kept to be sent. Its own shape, since the buttons learn only then in which thread they stand. */
export const payloadSchema = z.union([
  z.object({ text: z.string() }),
  z.object({
    parts: z.array(partSchema),
    buttons: z.array(z.object({ label: z.string(), command: z.string(), primary: z.boolean() })),
    /** What notifications and the list of chats show. */
    summary: z.string(),
  }),
])
type CardPayload = Exclude<z.infer<typeof payloadSchema>, { text: string }>

/** An activity as messages of Feishu's: a card, or a text in parts. */
export function toFeishu({ text = '', channelData }: Partial<Activity>): readonly Payload[] {
  const card = cardOf(channelData)
  if (!card) return text.trim() === '' ? [] : splitText(text, LIMITS).map((part) => ({ text: part }))
  const lines = card.blocks.flatMap(linesOf)
  const groups = packed(lines)
  const buttons = fitting(card.buttons)
  if (groups.length === 0 && buttons.length === 0) return []
  return (groups.length === 0 ? [[]] : groups).map((group, at, all) =>
    z.json().parse({
      parts: merged(group),
      buttons: at === all.length - 1 ? buttons : [],
      summary: summaryOf(group, text),
    } satisfies CardPayload),
  )
}

/** What is left out can still be typed. */
function fitting(buttons: Card['buttons']): CardPayload['buttons'] {
  const all: CardPayload['buttons'] = []
  let size = 0
  for (const { label, command, primary = false } of buttons) {
    const button = { label: shortened(label, LONGEST_LABEL), command, primary }
    if (command.length > LONGEST_COMMAND) continue
    size += bytesOf(button) + BUTTON_BYTES
    if (all.length === MOST_BUTTONS || size > MOST_BUTTON_BYTES) break
    all.push(button)
  }
  return all
}

function packed(lines: readonly Line[]): readonly (readonly Line[])[] {
  const groups: Line[][] = []
  let size = 0
  for (const line of lines) {
    const more = bytesOf(partOf(line))
    if (groups.length === 0 || size + more > MOST_BYTES) {
      groups.push([])
      size = 0
    }
    groups.at(-1)?.push(line)
    size += more
  }
  return groups
}

function partOf(line: Line): Part {
  return line.literal ? { literal: plainOf(line) } : { markdown: toMarkdown(line) }
}

/** Lines in a row are one element: a card may have two hundred. */
function merged(lines: readonly Line[]): Part[] {
  const parts: Part[] = []
  for (const line of lines) {
    const part = partOf(line)
    const last = parts.at(-1)
    if (last && 'markdown' in last && 'markdown' in part)
      parts[parts.length - 1] = { markdown: `${last.markdown}\n${part.markdown}` }
    else parts.push(part)
  }
  return parts
}

function plainOf({ elements }: Line): string {
  return elements.map((element) => ('text' in element ? element.text : '')).join('')
}

function summaryOf(lines: readonly Line[], text: string): string {
  const words = lines.map(plainOf).join(' ').replace(/\s+/g, ' ').trim()
  return shortened(words === '' ? text : words, LONGEST_SUMMARY)
}

/** As it goes over the wire: twice JSON. */
function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(value)))
}

function shortened(text: string, length: number): string {
  if (text.length <= length) return text
  return `${splitText(text, { length: length - 1, unit: 'characters' })[0] ?? ''}…`
}
