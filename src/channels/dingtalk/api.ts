import { z } from 'zod'
import { Refused, TryLater } from '../messaging/delivery-error.ts'
import { postJson, type Answer } from './http.ts'
import type { DingtalkSettings } from './settings.ts'

export interface Api {
  /**
   * Calls the OpenAPI with the app's access token, which is fetched when needed and renewed before it ends.
   * @throws Refused, TryLater
   */
  readonly call: (path: string, body: Record<string, unknown>) => Promise<unknown>
  /** Asks for a connection in Stream mode. @returns the address of one, good once. @throws TryLater */
  readonly openConnection: (topics: readonly string[]) => Promise<URL>
}

export interface ApiOptions extends Pick<DingtalkSettings, 'clientId' | 'clientSecret' | 'apiUrl'> {
  readonly clock: () => Date
  readonly timeoutMs?: number
}

interface Token {
  readonly text: string
  /** Epoch milliseconds. */
  readonly until: number
}

const tokenSchema = z.object({ accessToken: z.string().min(1), expireIn: z.number().positive() })
const openedSchema = z.object({ endpoint: z.url({ protocol: /^wss?$/ }), ticket: z.string().min(1) })
const errorSchema = z.object({ code: z.string().regex(/^[\w.-]{1,100}$/) })

const MINUTE_MS = 60_000
/** A token is good for two hours; a new one is asked for before the old one ends. */
const RENEW_BEFORE_MS = 5 * MINUTE_MS
const BUSY = /too\.?(fast|many)|throttling|qpslimit|flowcontrol/i
const TOKEN = /^(InvalidAuthentication|40014|88)$/i
/** Mended by the operator: what waits is sent then. */
const PERMISSION = /^(Forbidden|InvalidAuthentication|invalidClient|40014|88)/i

/** DingTalk's OpenAPI. Credentials travel in bodies and headers only: addresses end up in logs of proxies. */
export function dingtalkApi({ clientId, clientSecret, apiUrl, clock, timeoutMs }: ApiOptions): Api {
  let token: Promise<Token> | undefined

  async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await postJson(`${apiUrl}${path}`, body, {
      headers,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    })
    if (answer.status >= 500 && codeOf(answer) === undefined)
      throw new TryLater('dingtalk', `${path}: status ${answer.status}`, 1_000)
    return answer
  }

  async function fetchToken(): Promise<Token> {
    const path = '/v1.0/oauth2/accessToken'
    const answer = await post(path, { appKey: clientId, appSecret: clientSecret })
    const got = tokenSchema.safeParse(answer.body)
    if (!got.success) throw failure(path, answer, true)
    const lifeMs = got.data.expireIn * 1_000
    return {
      text: got.data.accessToken,
      until: clock().getTime() + Math.max(lifeMs - RENEW_BEFORE_MS, lifeMs / 2),
    }
  }

  /** One request for all that ask at the same time; one that failed is not kept. */
  async function accessToken(): Promise<string> {
    const seen = token
    const kept = await seen?.catch(() => undefined)
    if (kept && clock().getTime() < kept.until) return kept.text
    token = token === undefined || token === seen ? fetchToken() : token
    return (await token).text
  }

  async function call(path: string, body: Record<string, unknown>, again = true): Promise<unknown> {
    const current = await accessToken()
    const answer = await post(path, body, { 'x-acs-dingtalk-access-token': current })
    if (answer.status < 300 && codeOf(answer) === undefined) return answer.body
    if (again && (answer.status === 401 || TOKEN.test(codeOf(answer) ?? ''))) {
      // Tokens end early, for example when the secret was renewed. Nothing was taken yet.
      if ((await token?.catch(() => undefined))?.text === current) token = undefined
      return call(path, body, false)
    }
    throw failure(path, answer, false)
  }

  return {
    call: (path, body) => call(path, body),
    openConnection: async (topics) => {
      const path = '/v1.0/gateway/connections/open'
      const subscriptions = topics.map((topic) => ({ type: 'CALLBACK', topic }))
      const answer = await post(path, { clientId, clientSecret, subscriptions, ua: 'icp-filing-assistant/1' })
      const opened = openedSchema.safeParse(answer.body).data
      if (answer.status >= 300 || !opened) throw failure(path, answer, true)
      const url = new URL(opened.endpoint)
      // Messages of staff go over it.
      if (apiUrl.startsWith('https:')) url.protocol = 'wss:'
      url.searchParams.set('ticket', opened.ticket)
      return url
    },
  }
}

function codeOf({ body }: Answer): string | undefined {
  return errorSchema.safeParse(body).data?.code
}

/** Codes alone: DingTalk's messages quote what was sent. */
function failure(path: string, answer: Answer, credentials: boolean): TryLater | Refused {
  const code = codeOf(answer) ?? `status ${answer.status}`
  const detail = `${path}: ${code}`
  if (answer.status === 429 || BUSY.test(code)) return new TryLater('dingtalk', detail, MINUTE_MS)
  if (credentials || answer.status === 401 || answer.status === 403 || PERMISSION.test(code))
    return new TryLater('dingtalk', detail, MINUTE_MS)
  if (answer.status >= 500 || answer.status < 400) return new TryLater('dingtalk', detail, 1_000)
  return new Refused(
    'dingtalk',
    detail,
    'See whether the robot is still in the group; docs/channels/dingtalk.md.',
  )
}
