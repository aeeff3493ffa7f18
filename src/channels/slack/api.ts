import type * as slackSdk from '@slack/web-api'
import { Refused, TryLater } from '../messaging/delivery-error.ts'
import type { Json } from '../../store/port.ts'

export type Call = (method: string, args?: Record<string, Json>) => Promise<unknown>

export interface ApiOptions {
  readonly token: string
  readonly apiUrl: string | undefined
  readonly timeoutMs?: number
}

/** Whether Slack took the call is not known: it may have, before the connection broke. */
export class Unsure extends TryLater {}
/** Slack takes nothing of the kind from us until somebody mends the installation. */
export class NotPermitted extends TryLater {}

const MINUTE_MS = 60_000
/** Mended by the operator, or by reinstalling the app: what waits is sent then. */
const PERMISSION = new Set([
  'account_inactive',
  'ekm_access_denied',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
])
const BUSY = new Set(['rate_limited', 'ratelimited', 'message_limit_exceeded'])
const BROKEN = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable'])

const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  setName: () => undefined,
}

/**
 * Slack's Web API. The client is loaded at the first call; it neither retries nor logs: the outbox does the one, and
 * what it would log holds messages.
 * @throws Refused, TryLater, Unsure, NotPermitted from each call
 */
export function slackApi({ token, apiUrl, timeoutMs = 10_000 }: ApiOptions): Call {
  const load = async () => {
    const sdk = await import('@slack/web-api')
    const { LogLevel, WebClient } = sdk
    const client = new WebClient(token, {
      ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      timeout: timeoutMs,
      logger: { ...SILENT, getLevel: () => LogLevel.ERROR },
    })
    return { client, sdk }
  }
  let loaded: ReturnType<typeof load> | undefined
  return async (method, args = {}) => {
    const { client, sdk } = await (loaded ??= load())
    try {
      return await client.apiCall(method, args)
    } catch (error) {
      throw failure(method, error, sdk)
    }
  }
}

type Sdk = Pick<typeof slackSdk, 'WebAPIHTTPError' | 'WebAPIPlatformError' | 'WebAPIRateLimitedError'>

/** Says what happened in our words: the client's errors hold answers, and those may quote what was sent. */
function failure(method: string, error: unknown, sdk: Sdk): TryLater | Refused {
  if (error instanceof sdk.WebAPIRateLimitedError)
    return new TryLater('slack', `${method}: too many calls`, error.retryAfter * 1_000)
  if (error instanceof sdk.WebAPIPlatformError) {
    const code: unknown = error.data.error
    if (typeof code === 'string' && /^[\w-]{1,60}$/.test(code) && !BROKEN.has(code)) return said(method, code)
  }
  const status = error instanceof sdk.WebAPIHTTPError ? `status ${error.statusCode}` : 'no answer'
  return new Unsure('slack', `${method}: ${status}`, 1_000)
}

function said(method: string, code: string): TryLater | Refused {
  if (PERMISSION.has(code)) return new NotPermitted('slack', `${method}: ${code}`, MINUTE_MS)
  if (BUSY.has(code)) return new TryLater('slack', `${method}: ${code}`, MINUTE_MS)
  return new Refused('slack', `${method}: ${code}`, 'Invite the app to the channel; docs/channels/slack.md.')
}
