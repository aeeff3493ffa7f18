import { z } from 'zod'
import { TryLater } from '../messaging/delivery-error.ts'
import { readBounded } from '../messaging/read-bounded.ts'
import type { Json } from '../../store/port.ts'
import { checkOutcome, isExpired, Unsure } from './outcome.ts'

export interface AppApiOptions {
  readonly corpId: string
  readonly agentId: number
  readonly secret: string
  readonly apiUrl: string | undefined
  readonly clock: () => Date
  readonly timeoutMs?: number
}

export interface AppApi {
  /** @throws Refused, TryLater, Unsure */
  send(user: string, body: Readonly<Record<string, Json>>): Promise<string | undefined>
}

const API = 'https://qyapi.weixin.qq.com'
const MOST_BYTES = 64 * 1024
/** Renewed this long before it ends. */
const EARLY_MS = 5 * 60_000
const SHORTEST_MS = 60_000
const statusSchema = z.object({ errcode: z.number().default(0) })
const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number() })
const sentSchema = z.object({ msgid: z.string().optional(), invaliduser: z.string().optional() })
/** What "no such person" says where WeCom does not say it as a code. */
const NO_SUCH_USER = 81013

/** The message API of a self-built app. Its access token is kept: WeCom allows few requests for one. */
export function appApi(options: AppApiOptions): AppApi {
  let kept: { readonly token: string; readonly until: number } | undefined
  let fetching: Promise<string> | undefined

  async function token(): Promise<string> {
    if (kept && kept.until > options.clock().getTime()) return kept.token
    fetching ??= fetchToken().finally(() => (fetching = undefined))
    return fetching
  }

  async function fetchToken(): Promise<string> {
    const { corpId, secret, clock } = options
    const answer = await request(options, 'gettoken', { corpid: corpId, corpsecret: secret })
    checkOutcome('gettoken', statusSchema.parse(answer).errcode)
    const found = tokenSchema.safeParse(answer).data
    if (!found) throw new TryLater('wecom', 'gettoken: no token in the answer', 1_000)
    const lasts = Math.max(SHORTEST_MS, found.expires_in * 1_000 - EARLY_MS)
    kept = { token: found.access_token, until: clock().getTime() + lasts }
    return found.access_token
  }

  async function send(
    user: string,
    body: Readonly<Record<string, Json>>,
    again = true,
  ): Promise<string | undefined> {
    const message = { ...body, touser: user, agentid: options.agentId }
    const used = await token()
    const answer = await request(options, 'message/send', { access_token: used }, message)
    const { errcode } = statusSchema.parse(answer)
    if (isExpired(errcode)) {
      if (kept?.token === used) kept = undefined
      if (again) return send(user, body, false)
    }
    checkOutcome('message/send', errcode)
    const { msgid, invaliduser = '' } = sentSchema.parse(answer)
    if (invaliduser !== '') checkOutcome('message/send', NO_SUCH_USER)
    return msgid
  }
  return { send: (user, body) => send(user, body) }
}

/** Neither address nor answer is ever told: one holds the secret, the other may quote the message. */
async function request(
  { apiUrl = API, timeoutMs = 10_000 }: AppApiOptions,
  method: string,
  query: Readonly<Record<string, string>>,
  body?: Readonly<Record<string, Json>>,
): Promise<Readonly<Record<string, unknown>>> {
  const url = `${apiUrl.replace(/\/+$/, '')}/cgi-bin/${method}?${new URLSearchParams(query).toString()}`
  const unsure = (what: string) => new Unsure('wecom', `${method}: ${what}`, 1_000)
  const response = await fetch(url, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => {
    throw unsure('no answer')
  })
  const text = await readBounded(response, MOST_BYTES).catch(() => undefined)
  if (!response.ok) throw unsure(`status ${response.status}`)
  const answer = answerSchema.safeParse(text).data
  if (!answer) throw unsure('no answer that can be read')
  return answer
}

const answerSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'no JSON' })
      return z.NEVER
    }
  })
  .pipe(z.record(z.string(), z.unknown()).refine((answer) => statusSchema.safeParse(answer).success))
