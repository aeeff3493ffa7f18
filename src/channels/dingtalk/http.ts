import { TryLater } from '../messaging/delivery-error.ts'
import { readBounded } from '../messaging/read-bounded.ts'

export interface Answer {
  readonly status: number
  /** The answer as JSON; undefined where it is none. */
  readonly body: unknown
}

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
  const text = await readBounded(response, MOST_BYTES)
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
