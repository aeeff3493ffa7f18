import { z } from 'zod'
import type { Json } from '../../store/port.ts'
import { TryLater } from '../messaging/delivery-error.ts'
import { replySchema } from './events.ts'
import { postJson } from './http.ts'

const answerSchema = z.object({ errcode: z.number() })
const SENT = 0
/** Another twenty messages within the minute; DingTalk then takes none for a while. */
const BUSY = new Set([130101, 90018])
/** Not used so shortly before it ends: the clocks differ. */
const MARGIN_MS = 60_000

/** Where an answer may be posted to: an address of DingTalk's, and still good. Undefined: the OpenAPI is to be used. */
export function webhookOf(replyWith: Json | undefined, apiUrl: string, now: Date): string | undefined {
  const reply = replySchema.safeParse(replyWith).data
  if (!reply || reply.until - MARGIN_MS <= now.getTime()) return undefined
  const url = URL.canParse(reply.url) ? new URL(reply.url) : undefined
  const api = new URL(apiUrl)
  // api.dingtalk.com and oapi.dingtalk.com; whatever a message says, nothing is posted anywhere else.
  const known = url?.protocol === api.protocol && (url.host === api.host || url.host === `o${api.host}`)
  return known && url.username === '' && url.password === '' ? url.href : undefined
}

/**
 * Posts a message to such an address.
 * @returns whether DingTalk took it; if not, the OpenAPI may still
 * @throws TryLater
 */
export async function postToSession(url: string, message: Json, timeoutMs?: number): Promise<boolean> {
  const { status, body } = await postJson(url, message, timeoutMs === undefined ? {} : { timeoutMs })
  const code = answerSchema.safeParse(body).data?.errcode
  if (status === 429 || (code !== undefined && BUSY.has(code)))
    throw new TryLater('dingtalk', 'answer: too many messages', 60_000)
  if (status >= 500) throw new TryLater('dingtalk', `answer: status ${status}`, 1_000)
  return code === SENT
}
