import { z } from 'zod'
import type { Inbound } from '../messaging/channel.ts'

const id = z.string().min(1).max(200)
const content = z.object({
  /** What was understood of a voice message. */
  recognition: z.string().max(20_000).nullish(),
  richText: z
    .array(z.object({ text: z.string().max(20_000).nullish() }))
    .max(200)
    .nullish(),
})
const messageSchema = z.object({
  msgId: id,
  msgtype: z.string().max(40),
  conversationId: id,
  conversationType: z.enum(['1', '2']),
  chatbotCorpId: id,
  senderCorpId: id,
  // Missing for people from outside the organisation, and before the robot is published.
  senderStaffId: id,
  senderNick: z.string().max(200).nullish(),
  isInAtList: z.boolean().nullish(),
  text: z.object({ content: z.string().max(20_000) }).nullish(),
  content: content.nullish().catch(undefined),
  sessionWebhook: z.string().max(2_000).nullish().catch(undefined),
  sessionWebhookExpiredTime: z.number().int().positive().nullish().catch(undefined),
})
type Message = z.infer<typeof messageSchema>

/** A way to answer that DingTalk sends along with a message; it ends after an hour and a half. */
export const replySchema = z.object({ url: z.string(), until: z.number() })

const PERSON = 'user:'

/** The chat with one person: a conversation id is of no use there when the robot speaks first. */
export function personOf(chat: string): string | undefined {
  return chat.startsWith(PERSON) ? chat.slice(PERSON.length) : undefined
}

/**
 * A message as DingTalk delivered it, as the assistant reads it.
 * @returns undefined for what is nothing of the assistant's: people from elsewhere, talk of people among themselves,
 * what cannot be read
 */
export function readMessage(data: unknown): Inbound | undefined {
  const message = messageSchema.safeParse(data).data
  if (!message || message.senderCorpId !== message.chatbotCorpId) return undefined
  const personal = message.conversationType === '1'
  if (!personal && message.isInAtList === false) return undefined
  const { sessionWebhook: url, sessionWebhookExpiredTime: until } = message
  return {
    id: message.msgId,
    tenant: message.chatbotCorpId,
    chat: personal ? `${PERSON}${message.senderStaffId}` : message.conversationId,
    chatKind: personal ? 'personal' : 'group',
    sender: message.senderStaffId,
    ...(message.senderNick ? { senderName: message.senderNick } : {}),
    text: textOf(message, personal),
    ...(url && until ? { replyWith: { url, until } } : {}),
  }
}

/** A touched button arrives as text too: DingTalk has the person say it. */
function textOf({ msgtype, text, content: more }: Message, personal: boolean): string {
  if (msgtype === 'text') return (text?.content ?? '').trim()
  if (msgtype === 'audio') return (more?.recognition ?? '').trim()
  if (msgtype !== 'richText') return ''
  const words = (more?.richText ?? []).map((part) => part.text ?? '').join('')
  // Of rich text DingTalk does not take the mention away.
  return (personal ? words : words.replace(/^\s*@\S+/, '')).trim()
}
