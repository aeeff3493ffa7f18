import { z } from 'zod'
import type { Payload, Platform, Target } from '../messaging/channel.ts'
import { Refused } from '../messaging/delivery-error.ts'
import { NotPermitted, Unsure, type Call } from './api.ts'
import { LIMITS, messageSchema, toSlack } from './block-kit.ts'

/** Names our key in a message's metadata, which people do not see. */
const EVENT = 'icp_filing_message'
const sentSchema = z.object({ ts: z.string() })
const pageSchema = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.object({ key: z.string().optional() }) })
        .optional()
        .catch(undefined),
    }),
  ),
})

/**
 * Slack knows no key that makes a message once. Each carries ours: where it is not known whether Slack took a
 * message, the channel is looked through for the key before it is sent again.
 */
export function slackPlatform(call: Call, clock: () => Date): Platform {
  /** Keys of which it is not known, with the time of the first attempt. */
  const unsure = new Map<string, number>()

  async function send(target: Target, payload: Payload, key: string): Promise<string | undefined> {
    const began = clock().getTime()
    const first = unsure.get(key)
    const there = first === undefined ? undefined : await find(call, target, key, first)
    try {
      const id = there ?? (await post(call, target, payload, key))
      unsure.delete(key)
      return id
    } catch (error) {
      if (error instanceof Unsure) unsure.set(key, first ?? began)
      else if (error instanceof Refused) unsure.delete(key)
      throw error
    }
  }
  return { channel: 'slack', limits: LIMITS, convert: toSlack, send }
}

async function post(
  call: Call,
  { chat, thread }: Target,
  payload: Payload,
  key: string,
): Promise<string | undefined> {
  const { text, blocks } = messageSchema.parse(payload)
  const answer = await call('chat.postMessage', {
    channel: chat,
    ...(thread === undefined ? {} : { thread_ts: thread }),
    text,
    ...(blocks === undefined ? { mrkdwn: false } : { blocks: z.json().parse(blocks) }),
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: EVENT, event_payload: { key } },
  })
  return sentSchema.safeParse(answer).data?.ts
}

/** @returns the message's id; undefined where it is not there, or we may not look */
async function find(
  call: Call,
  { chat, thread }: Target,
  key: string,
  since: number,
): Promise<string | undefined> {
  try {
    const answer = await call(thread === undefined ? 'conversations.history' : 'conversations.replies', {
      channel: chat,
      ...(thread === undefined ? {} : { ts: thread }),
      // Slack's clock and ours may differ.
      oldest: String(Math.floor(since / 1000) - 120),
      limit: 200,
      include_all_metadata: true,
    })
    const { messages } = pageSchema.parse(answer)
    return messages.find(
      ({ metadata }) => metadata?.event_type === EVENT && metadata.event_payload.key === key,
    )?.ts
  } catch (error) {
    if (error instanceof Refused || error instanceof NotPermitted) return undefined
    throw error
  }
}
