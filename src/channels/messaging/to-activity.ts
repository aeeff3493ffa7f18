import { ActivityTypes, type Activity } from 'botbuilder'
import type { Inbound, StaffChannel, Target } from './channel.ts'
import { z } from 'zod'

/** Service address of the messaging channels: no one can be posted to there. */
const SERVICE_URL = 'urn:icp-filing-assistant:messaging:'

const dataSchema = z.object({
  tenant: z.string(),
  chat: z.string(),
  thread: z.string().optional(),
  replyWith: z.json().optional(),
})

/**
 * What a platform delivered, as the bot's turn reads it. Ids of conversation and sender are qualified by the tenant,
 * so that those of two organisations can never meet.
 */
export function toActivity(channel: StaffChannel, inbound: Inbound, at: Date): Partial<Activity> {
  const { tenant, chat, thread, sender, senderName = '', text, pressed, locale, replyWith } = inbound
  return {
    type: ActivityTypes.Message,
    id: inbound.id,
    channelId: channel,
    serviceUrl: `${SERVICE_URL}${channel}`,
    timestamp: at,
    conversation: {
      id: conversationOf({ tenant, chat, ...(thread === undefined ? {} : { thread }) }),
      tenantId: tenant,
      isGroup: inbound.chatKind === 'group',
      name: '',
      conversationType: inbound.chatKind === 'group' ? 'groupChat' : 'personal',
    },
    from: { id: `${tenant}|${sender}`, name: senderName },
    recipient: { id: `${tenant}|bot`, name: '' },
    text: pressed ?? text,
    ...(locale === undefined ? {} : { locale }),
    channelData: {
      tenant,
      chat,
      ...(thread === undefined ? {} : { thread }),
      ...(replyWith === undefined ? {} : { replyWith }),
    },
  }
}

/** Where an answer to that activity goes. */
export function targetOf(activity: Partial<Activity>): Target {
  const { thread, replyWith, ...where } = dataSchema.parse(activity.channelData)
  return {
    ...where,
    ...(thread === undefined ? {} : { thread }),
    ...(replyWith === undefined ? {} : { replyWith }),
  }
}

/** A conversation's id: the parts apart, whatever characters they hold. */
export function conversationOf({ tenant, chat, thread }: Target): string {
  return [tenant, chat, ...(thread === undefined ? [] : [thread])].map(encodeURIComponent).join('|')
}
