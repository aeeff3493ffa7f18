import type { Activity } from 'botbuilder'
import { z } from 'zod'
import { plainLine } from '../../rendering/channel/markdown.ts'
import { cardOf, type Card } from '../messaging/card.ts'
import type { Limits, Payload } from '../messaging/channel.ts'
import { measure, splitText } from '../messaging/split-text.ts'
import { escapeMarkdown, withoutSchemes } from './escape.ts'
import { linesOf, type Line } from './markdown.ts'

/** DingTalk stops a robot that writes more than 20 times a minute to a group; parameters of a message are 15,000 bytes. */
export const LIMITS: Limits = { burst: 8, perSecond: 0.2, length: 5_000, unit: 'bytes' }

/** The templates of the OpenAPI have so many buttons, one below the other. */
const MOST_BUTTONS = 5
const LONGEST_LABEL = 20
const LONGEST_COMMAND_BYTES = 200
const LONGEST_TITLE = 60

const button = z.object({ title: z.string(), url: z.string() })
/** A message before it is known which of DingTalk's two ways it goes. */
export const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({
    kind: z.literal('markdown'),
    title: z.string(),
    text: z.string(),
    buttons: z.array(button).max(MOST_BUTTONS),
  }),
])
export type DingtalkMessage = z.infer<typeof messageSchema>
type Button = z.infer<typeof button>

/** An activity as messages of DingTalk's: a card as Markdown with buttons, what is to be copied as plain text. */
export function toDingtalk({ text = '', channelData }: Partial<Activity>): readonly Payload[] {
  const card = cardOf(channelData)
  if (!card) return texts(text)
  const lines: Line[] = []
  const copies: DingtalkMessage[] = []
  for (const block of card.blocks) {
    lines.push(...linesOf(block))
    if (block.kind === 'text' && block.copy) copies.push(...texts(block.copy.text))
  }
  const buttons = buttonsOf(card)
  // More than the template holds are links in the text, which do the same.
  const links = buttons
    .slice(MOST_BUTTONS)
    .map(({ title, url }, at) => ({ text: `[${escapeMarkdown(title)}](${url})`, gap: at === 0 }))
  return [...markdown([...lines, ...links], buttons.slice(0, MOST_BUTTONS), text), ...copies]
}

function texts(text: string): readonly Extract<DingtalkMessage, { kind: 'text' }>[] {
  if (text.trim() === '') return []
  return splitText(withoutSchemes(text), LIMITS).map((part) => ({ kind: 'text', text: part }))
}

function markdown(
  lines: readonly Line[],
  buttons: readonly Button[],
  fallback: string,
): readonly DingtalkMessage[] {
  const parts: string[] = []
  for (const { text, gap } of lines) {
    const last = parts.at(-1)
    // Two blanks before the end break a line; a mere line feed does not.
    const joined = last === undefined ? text : `${last}${gap ? '\n\n' : '  \n'}${text}`
    if (last === undefined || measure(joined, 'bytes') > LIMITS.length) parts.push(text)
    else parts[parts.length - 1] = joined
  }
  if (parts.length === 0 && buttons.length > 0) parts.push(titleOf(fallback))
  return parts.map((text, at) => ({
    kind: 'markdown',
    title: titleOf(text),
    text,
    buttons: at === parts.length - 1 ? [...buttons] : [],
  }))
}

function buttonsOf({ buttons }: Card): readonly Button[] {
  return (
    buttons
      // What does not fit can still be typed.
      .filter(({ command }) => measure(command, 'bytes') <= LONGEST_COMMAND_BYTES)
      .map(({ label, command }) => ({ title: shortened(label, LONGEST_LABEL), url: says(command) }))
  )
}

/** DingTalk has whoever touches it say that; in a group it adds the mention of the robot. */
export function says(command: string): string {
  const encoded = encodeURIComponent(command).replace(
    /[!'()*~]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `dtmd://dingtalkclient/sendMessage?content=${encoded}`
}

/** What the list of conversations and a notification show. */
function titleOf(text: string): string {
  const [first = ''] = text.split('\n')
  const plain = plainLine(first).trim()
  return plain === '' ? '…' : shortened(plain, LONGEST_TITLE)
}

function shortened(text: string, length: number): string {
  if (text.length <= length) return text
  return `${splitText(text, { length: length - 1, unit: 'characters' })[0] ?? ''}…`
}
