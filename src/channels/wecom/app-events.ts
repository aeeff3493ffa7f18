import { z } from 'zod'
import type { Inbound } from '../messaging/channel.ts'
import { appChat } from './chats.ts'

const digits = z.string().regex(/^\d{1,20}$/)
const user = z.string().min(1).max(64)
const common = { ToUserName: z.string(), FromUserName: user, CreateTime: digits, AgentID: digits }
const messageSchema = z.object({
  ...common,
  MsgType: z.enum(['text', 'image', 'voice', 'video', 'file', 'location', 'link']),
  Content: z.string().max(40_000).optional(),
  MsgId: digits,
})
const pressSchema = z.object({
  ...common,
  MsgType: z.literal('event'),
  Event: z.literal('template_card_event'),
  EventKey: z.string().min(1).max(1_024),
  TaskId: z.string().max(128),
})

/**
 * What was written to the app, as the assistant reads it; the app has no groups.
 * @returns undefined for what is nothing for the assistant, such as that somebody opened the app
 */
export function readAppEvent(
  xml: Readonly<Record<string, unknown>>,
  { corpId, agentId }: { readonly corpId: string; readonly agentId: number },
): Inbound | undefined {
  const isOurs = (to: z.infer<z.ZodObject<typeof common>>) =>
    to.ToUserName === corpId && Number(to.AgentID) === agentId
  const inbound = (from: string, id: string, more: Pick<Inbound, 'text' | 'pressed'>): Inbound => ({
    id,
    tenant: corpId,
    chat: appChat(from),
    chatKind: 'personal',
    sender: from,
    ...more,
  })
  const message = messageSchema.safeParse(xml).data
  if (message && isOurs(message))
    return inbound(message.FromUserName, message.MsgId, { text: message.Content ?? '' })
  const press = pressSchema.safeParse(xml).data
  if (!press || !isOurs(press)) return undefined
  const { FromUserName: from, CreateTime: at, EventKey: pressed, TaskId: task } = press
  // Events have no id of their own: who, when and on which card is what WeCom advises.
  return inbound(from, `${from}/${at}/${task}/${pressed}`, { text: '', pressed })
}
