import { z } from 'zod'
import type { Inbound } from '../messaging/channel.ts'
import { mentionSchema, type Mention } from './message-text.ts'

const tenant = z.string().regex(/^[\w-]{1,64}$/)
const chat = z.string().regex(/^oc_[\w-]{1,64}$/)
const person = z.string().regex(/^ou_[\w-]{1,64}$/)
const message = z.string().regex(/^om_[\w-]{1,96}$/)

const headerSchema = z.object({
  event_id: z.string().min(1).max(128),
  event_type: z.string(),
  app_id: z.string(),
  tenant_key: tenant,
})
const messageSchema = z.object({
  header: headerSchema.extend({ event_type: z.literal('im.message.receive_v1') }),
  event: z.object({
    sender: z.object({
      sender_id: z.object({ open_id: person }),
      sender_type: z.literal('user'),
      tenant_key: tenant.nullish(),
    }),
    message: z.object({
      message_id: message,
      root_id: message.or(z.literal('')).nullish(),
      chat_id: chat,
      chat_type: z.enum(['p2p', 'group', 'topic_group']),
      content: z.string().max(300_000),
      mentions: z.array(mentionSchema).max(200).nullish(),
    }),
  }),
})
/** What a button of ours holds; src/channels/feishu/card.ts puts it there. */
export const buttonSchema = z.object({ command: z.string().min(1).max(2_000), thread: message.optional() })
const pressSchema = z.object({
  header: headerSchema.extend({ event_type: z.literal('card.action.trigger') }),
  event: z.object({
    operator: z.object({ open_id: person, tenant_key: tenant.nullish() }),
    action: z.object({ tag: z.literal('button'), value: buttonSchema }),
    context: z.object({ open_chat_id: chat, open_message_id: message }),
  }),
})
const challengeSchema = z.object({ type: z.literal('url_verification'), challenge: z.string().max(1_000) })

export type Reading =
  | { readonly kind: 'challenge'; readonly challenge: string }
  | {
      readonly kind: 'message'
      readonly inbound: Omit<Inbound, 'text'>
      /** As it came, in the message's own JSON. */
      readonly content: string
      readonly mentions: readonly Mention[]
    }
  | {
      readonly kind: 'press'
      readonly inbound: Omit<Inbound, 'chatKind' | 'thread'>
      /** The thread of the card; where it stands in none, the one that begins with it. */
      readonly thread: string
      readonly inThread: boolean
    }
  /** Nothing for the assistant: other apps, other organisations, kinds of events it does not know. */
  | { readonly kind: 'nothing' }

const NOTHING: Reading = { kind: 'nothing' }

/** What Feishu delivered to the app, over webhook or long connection, as the assistant reads it. */
export function readEvent(body: unknown, appId: string): Reading {
  const challenge = challengeSchema.safeParse(body)
  if (challenge.success) return { kind: 'challenge', challenge: challenge.data.challenge }
  const said = messageSchema.safeParse(body)
  if (said.success) return said.data.header.app_id === appId ? readMessage(said.data) : NOTHING
  const press = pressSchema.safeParse(body)
  return press.success && press.data.header.app_id === appId ? readPress(press.data) : NOTHING
}

function readMessage({ header, event }: z.infer<typeof messageSchema>): Reading {
  const { sender, message: said } = event
  if (isForeign(header.tenant_key, sender.tenant_key)) return NOTHING
  const personal = said.chat_type === 'p2p'
  return {
    kind: 'message',
    content: said.content,
    mentions: said.mentions ?? [],
    inbound: {
      // Of the message, not of the event: the platform asks to tell repetitions by this one.
      id: said.message_id,
      tenant: header.tenant_key,
      chat: said.chat_id,
      // A question asked in a group is answered in a thread of its own.
      ...(personal ? {} : { thread: said.root_id || said.message_id }),
      chatKind: personal ? 'personal' : 'group',
      sender: sender.sender_id.open_id,
    },
  }
}

function readPress({ header, event }: z.infer<typeof pressSchema>): Reading {
  const { operator, action, context } = event
  if (isForeign(header.tenant_key, operator.tenant_key)) return NOTHING
  const { command, thread } = action.value
  return {
    kind: 'press',
    thread: thread ?? context.open_message_id,
    inThread: thread !== undefined,
    inbound: {
      id: header.event_id,
      tenant: header.tenant_key,
      chat: context.open_chat_id,
      sender: operator.open_id,
      text: '',
      pressed: command,
    },
  }
}

/** People of another organisation can be in a group too, but they are nobody's staff here. */
function isForeign(own: string, from: string | null | undefined): boolean {
  return (from ?? own) !== own
}
