import type { RawData } from 'ws'
import { z } from 'zod'

/** What a robot hears. */
export const MESSAGES = '/v1.0/im/bot/messages/get'

const frameSchema = z.object({
  type: z.enum(['SYSTEM', 'EVENT', 'CALLBACK']),
  headers: z.looseObject({ topic: z.string(), messageId: z.string().max(200).default('') }),
  data: z.string().default('{}'),
})
export type Frame = z.infer<typeof frameSchema>

/** @returns undefined for what is no frame of DingTalk's */
export function readFrame(data: RawData): Frame | undefined {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(new Uint8Array(data))
  return frameSchema.safeParse(parseJson(bytes.toString('utf8'))).data
}

/** The answer to a frame; `data` is JSON. */
export function answerTo(
  { headers: { messageId } }: Frame,
  code: 200 | 404 | 500,
  data = '{"response":null}',
): string {
  const message = { 200: 'OK', 404: 'topic not found', 500: 'internal error' }[code]
  return JSON.stringify({ code, headers: { contentType: 'application/json', messageId }, message, data })
}

/** @returns undefined for what is not JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
