import { z } from 'zod'
import type { Json } from '../../store/port.ts'
import { Refused, TryLater } from '../messaging/delivery-error.ts'

export interface ApiOptions {
  readonly appId: string
  readonly appSecret: string
  readonly apiUrl: string
  readonly clock: () => Date
  readonly timeoutMs?: number
}

export interface FeishuApi {
  /**
   * Calls the open platform as the app.
   * @throws Refused, TryLater
   */
  readonly call: (method: 'GET' | 'POST', path: string, body?: Json) => Promise<unknown>
  /** A call that carries the app's id and secret instead of a token. */
  readonly asApp: (path: string, names: { readonly id: string; readonly secret: string }) => Promise<unknown>
}

const MINUTE_MS = 60_000
/** So long before its end a token is not used any more: the platform gives a new one from then on. */
const SPARE_MS = 5 * MINUTE_MS
/** Too much for the app, for a chat; a message with this key is being sent at this moment. */
const BUSY = new Set([99_991_400, 230_020, 230_049])
/** The bot is off, or may not do this. Mended by the operator: what waits is sent then. */
const NOT_PERMITTED = new Set([230_006, 230_027])

const tokenSchema = z.object({ tenant_access_token: z.string().min(1), expire: z.number() })
const answerSchema = z.looseObject({ code: z.number() })

/**
 * The open platform of Feishu. Plain requests: all it takes is one token and two calls. Nothing an answer says but its
 * code goes into an error: answers may quote what was sent.
 */
export function feishuApi(options: ApiOptions): FeishuApi {
  const { appId, appSecret, clock } = options
  let token: Promise<{ readonly value: string; readonly until: number }> | undefined

  const asApp: FeishuApi['asApp'] = (path, { id, secret }) =>
    request(options, 'POST', path, {}, { [id]: appId, [secret]: appSecret })

  async function fetchToken() {
    const answer = await asApp('/open-apis/auth/v3/tenant_access_token/internal', {
      id: 'app_id',
      secret: 'app_secret',
    }).catch((error: unknown) => {
      // Wrong credentials are no reason to throw a message away.
      throw error instanceof Refused ? new TryLater('feishu', error.message, MINUTE_MS) : error
    })
    const { tenant_access_token: value, expire } = tokenSchema.parse(answer)
    return { value, until: clock().getTime() + expire * 1_000 - SPARE_MS }
  }

  async function currentToken(): Promise<string> {
    const current = token
    const kept = await current?.catch(() => undefined)
    if (kept && kept.until > clock().getTime()) return kept.value
    // Several calls at once fetch one token.
    if (token === current) token = undefined
    token ??= fetchToken()
    return (await token).value
  }

  async function call(method: 'GET' | 'POST', path: string, body?: Json): Promise<unknown> {
    try {
      return await request(options, method, path, { authorization: `Bearer ${await currentToken()}` }, body)
    } catch (error) {
      if (error instanceof TokenRefused) token = undefined
      throw error
    }
  }
  return { call, asApp }
}

/** The next call is made with a new token. */
class TokenRefused extends TryLater {}

async function request(
  { apiUrl, timeoutMs = 10_000 }: ApiOptions,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Json | undefined,
): Promise<unknown> {
  const what = path.split('?')[0]?.replace(/om_[\w-]+/, ':message_id') ?? ''
  let response: Response
  let text: string
  try {
    response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    text = await response.text()
  } catch {
    throw new TryLater('feishu', `${what}: no answer`, 1_000)
  }
  const answer = answerSchema.safeParse(parsed(text))
  if (answer.success && answer.data.code === 0 && response.ok) return answer.data
  throw failure(what, response, answer.data?.code)
}

function failure(what: string, { status, headers }: Response, code: number | undefined): TryLater | Refused {
  const detail = `${what}: ${code === undefined || code === 0 ? `status ${status}` : `code ${code}`}`
  if (status === 429 || (code !== undefined && BUSY.has(code)))
    return new TryLater('feishu', detail, secondsOf(headers) * 1_000)
  if (code === undefined || status >= 500) return new TryLater('feishu', detail, 1_000)
  // The gateway's own codes are about the token and the app's permissions.
  if (code >= 99_991_000 && code < 99_992_000) return new TokenRefused('feishu', detail, 0)
  if (NOT_PERMITTED.has(code)) return new TryLater('feishu', detail, MINUTE_MS)
  if (code < 10_000) return new TryLater('feishu', detail, 1_000)
  return new CodeRefused(code, detail)
}

/** Refused with a code of the platform's. */
export class CodeRefused extends Refused {
  readonly feishuCode: number

  constructor(code: number, detail: string) {
    super('feishu', detail, 'docs/channels/feishu.md says what codes mean; the bot has to be in the group.')
    this.feishuCode = code
  }
}

function secondsOf(headers: Headers): number {
  const seconds = Number(headers.get('x-ogw-ratelimit-reset'))
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3_600) : 1
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
