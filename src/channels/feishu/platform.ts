import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Payload, Platform, Target } from '../messaging/channel.ts'
import { CodeRefused, type FeishuApi } from './api.ts'
import { LIMITS, payloadSchema, toFeishu } from './card.ts'
import { toMessage, type FeishuMessage } from './message.ts'

const sentSchema = z.object({ data: z.object({ message_id: z.string() }) })
/** The message a thread began with was taken back, deleted, or its thread is gone. */
const NO_THREAD = new Set([230_011, 230_019, 230_110])

/** Sends to a chat, in a group as a reply in the thread. For an hour the platform shows one message for each key. */
export function feishuPlatform({ call }: Pick<FeishuApi, 'call'>): Platform {
  async function send(target: Target, payload: Payload, key: string): Promise<string | undefined> {
    const { chat, thread } = target
    const message = toMessage(payloadSchema.parse(payload), thread)
    if (thread !== undefined)
      try {
        const path = `/open-apis/im/v1/messages/${encodeURIComponent(thread)}/reply`
        return idOf(
          await call('POST', path, { ...message, reply_in_thread: true, uuid: uuidOf(key, message) }),
        )
      } catch (error) {
        // In the open rather than not at all.
        if (!(error instanceof CodeRefused && NO_THREAD.has(error.feishuCode))) throw error
      }
    return idOf(
      await call('POST', '/open-apis/im/v1/messages?receive_id_type=chat_id', {
        receive_id: chat,
        ...message,
        uuid: uuidOf(key, message),
      }),
    )
  }
  return { channel: 'feishu', limits: LIMITS, convert: toFeishu, send }
}

/** At most fifty characters are taken. With what is said in it: one key for two messages must not lose one. */
function uuidOf(key: string, { content }: FeishuMessage): string {
  return createHash('sha256').update(`${key}\n${content}`).digest('hex').slice(0, 32)
}

function idOf(answer: unknown): string | undefined {
  return sentSchema.safeParse(answer).data?.data.message_id
}
