import {
  readActivitySet,
  readGrant,
  fields,
  text,
  type Activity,
  type ActivitySet,
  type Grant,
} from './wire.ts'

/** The Direct Line 3.0 requests, one method each. Failures are `DirectLineError`; nothing is retried here. */
export interface DirectLine {
  generate(resumeToken?: string): Promise<Grant>
  start(token: string, locale: string): Promise<Grant>
  reconnect(token: string, conversationId: string, watermark: string): Promise<Grant>
  refresh(token: string): Promise<Grant>
  post(token: string, conversationId: string, activity: object): Promise<void>
  activities(token: string, conversationId: string, watermark: string): Promise<ActivitySet>
}

export class DirectLineError extends Error {
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number
  readonly code: string | undefined
  /** Seconds the server asks to wait. */
  readonly retryAfter: number | undefined
  /** What the bot says all the same, as while the server can keep nothing. It is in no log. */
  readonly said: readonly Activity[]

  constructor(status: number, code?: string, retryAfter?: number, said: readonly Activity[] = []) {
    super(`Direct Line answered ${status} ${code ?? ''}`)
    this.status = status
    this.code = code
    this.retryAfter = retryAfter
    this.said = said
  }

  /** The token is not good (any more): another one may be. */
  get tokenRefused(): boolean {
    if (this.code === 'OriginNotAllowed') return false
    return this.status === 401 || this.status === 403
  }
}

/** The part of `fetch` that is used, so that tests need no browser. */
export type Fetch = (
  address: string,
  init: { method: string; headers: Record<string, string>; body?: string; signal: AbortSignal },
) => Promise<{
  ok: boolean
  status: number
  headers: { get(name: string): string | null }
  text(): Promise<string>
}>

const PATIENCE_MS = 20_000

/** @param base address of the server, without a slash at its end */
export function directLine(fetch: Fetch, base: string): DirectLine {
  const conversation = (id: string) => `/conversations/${encodeURIComponent(id)}`
  const after = (watermark: string) => (watermark === '' ? '' : `?watermark=${encodeURIComponent(watermark)}`)

  async function request(method: string, path: string, token?: string, body?: object): Promise<unknown> {
    const headers: Record<string, string> = {}
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`
    if (method === 'POST') headers['content-type'] = 'application/json'
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(), PATIENCE_MS)
    try {
      const sent = method === 'POST' ? JSON.stringify(body ?? {}) : undefined
      const response = await fetch(`${base}/v3/directline${path}`, {
        method,
        headers,
        body: sent,
        signal: limit.signal,
      })
      const answer = parse(await response.text())
      if (response.ok) return answer
      const code = text(fields(fields(answer).error).code)
      throw new DirectLineError(
        response.status,
        code,
        Number(response.headers.get('retry-after')) || undefined,
        readActivitySet(answer).activities,
      )
    } catch (error) {
      throw error instanceof DirectLineError ? error : new DirectLineError(0)
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    generate: async (resumeToken) => readGrant(await request('POST', '/tokens/generate', resumeToken)),
    start: async (token, locale) => readGrant(await request('POST', '/conversations', token, { locale })),
    reconnect: async (token, id, watermark) =>
      readGrant(await request('GET', conversation(id) + after(watermark), token)),
    refresh: async (token) => readGrant(await request('POST', '/tokens/refresh', token)),
    post: async (token, id, activity) => {
      await request('POST', `${conversation(id)}/activities`, token, activity)
    },
    activities: async (token, id, watermark) =>
      readActivitySet(await request('GET', `${conversation(id)}/activities${after(watermark)}`, token)),
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
