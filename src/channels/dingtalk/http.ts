import { z } from 'zod'
import { TryLater } from '../messaging/delivery-error.ts'

export interface Answer {
  readonly status: number
  /** The answer as JSON; undefined where it is none. */
  readonly body: unknown
}

const bytesSchema = z.instanceof(Uint8Array)
const MOST_BYTES = 256 * 1024

/**
 * Posts JSON to DingTalk. Nothing of the address, the request or the answer gets into an error: they hold secrets
 * and what people wrote.
 * @throws TryLater where there was no answer; whether DingTalk took it is not known
 */
export async function postJson(
  url: string,
  body: unknown,
  { headers = {}, timeoutMs = 10_000 }: { headers?: Record<string, string>; timeoutMs?: number } = {},
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      // Without Accept the gateway answers in XML.
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { status: response.status, body: await readJson(response) }
  } catch {
    throw new TryLater('dingtalk', 'no answer', 1_000)
  }
}

async function readJson(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    const bytes = bytesSchema.parse(chunk)
    size += bytes.length
    // Leaving the loop ends the connection.
    if (size > MOST_BYTES) return undefined
    chunks.push(bytes)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}
