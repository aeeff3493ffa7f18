import { z } from 'zod'
import type { Inbound } from '../messaging/channel.ts'
import { botChat } from './chats.ts'

const id = z.string().min(1).max(256)
const spoken = z.object({ content: z.string().max(40_000) })
const common = {
  msgid: id,
  chatid: id.optional(),
  chattype: z.enum(['single', 'group']).optional(),
  from: z.object({ userid: id, corpid: z.string().optional() }),
}
const messageSchema = z.object({
  ...common,
  msgtype: z.enum(['text', 'image', 'mixed', 'voice', 'file', 'video']),
  text: spoken.optional(),
  voice: spoken.optional(),
  mixed: z.object({ msg_item: z.array(z.object({ text: spoken.optional() })).max(100) }).optional(),
})
const key = z.object({ event_key: z.string().min(1).max(1_024) })
const pressSchema = z.object({
  ...common,
  msgtype: z.literal('event'),
  // The documentation nests what was pressed, the types of the client do not.
  event: z.union([
    z.object({ eventtype: z.literal('template_card_event'), template_card_event: key }),
    key.extend({ eventtype: z.literal('template_card_event') }),
  ]),
})

/** What an answer to a message names, to stand below it, and when that came: WeCom takes replies for some minutes. */
export const replySchema = z.object({ request: z.string().min(1).max(256), at: z.number() })

/**
 * What was said to the bot, as the assistant reads it: in a group only what mentions the bot arrives at all.
 * @returns undefined for what is nothing for the assistant
 */
export function readBotEvent(
  body: unknown,
  { request, at }: { readonly request: string; readonly at: Date },
  corpId: string,
): Inbound | undefined {
  const message = messageSchema.safeParse(body).data
  if (message) {
    const { text, voice, mixed } = message
    const said = [text, voice, ...(mixed?.msg_item.map((item) => item.text) ?? [])]
    const words = said.flatMap((one) => (one ? [one.content] : [])).join('\n')
    // Only a message can be replied to; a pressed button takes nothing but a change of its card.
    const replyWith = replySchema.safeParse({ request, at: at.getTime() }).data
    return inbound(message, corpId, { text: words, ...(replyWith ? { replyWith } : {}) })
  }
  const press = pressSchema.safeParse(body).data
  if (!press) return undefined
  const { event } = press
  const { event_key: pressed } = 'template_card_event' in event ? event.template_card_event : event
  return inbound(press, corpId, { text: '', pressed })
}

function inbound(
  { msgid, chatid, chattype, from }: z.infer<z.ZodObject<typeof common>>,
  corpId: string,
  { text, ...more }: Pick<Inbound, 'text' | 'pressed' | 'replyWith'>,
): Inbound | undefined {
  // In a group with another corporation its people speak too, but they are nobody's staff here.
  if ((from.corpid ?? '') !== '' && from.corpid !== corpId) return undefined
  const group = chattype === 'group'
  if (group && chatid === undefined) return undefined
  return {
    id: msgid,
    tenant: corpId,
    chat: group ? botChat('group', chatid ?? '') : botChat('single', from.userid),
    chatKind: group ? 'group' : 'personal',
    sender: from.userid,
    text: group ? withoutMention(text) : text.trim(),
    ...more,
  }
}

/** A group's message names the bot, first as a rule. Nothing says which name it is, so one name is taken off. */
function withoutMention(text: string): string {
  const trimmed = text.trim()
  return trimmed.startsWith('@') ? trimmed.replace(/^@\S+\s*/, '') : trimmed.replace(/\s+@\S+$/, '')
}
