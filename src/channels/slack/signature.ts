import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '../../errors.ts'

/** Older or newer than this, a request is not taken: it may be a recording. */
const WINDOW_SECONDS = 300

/**
 * Checks that Slack sent these very bytes, and lately.
 * @throws AppError token-missing, token-expired, token-invalid
 */
export function checkSignature(
  headers: IncomingHttpHeaders,
  body: Buffer,
  signingSecret: string,
  now: Date,
): void {
  const { 'x-slack-signature': given, 'x-slack-request-timestamp': timestamp } = headers
  if (typeof given !== 'string' || typeof timestamp !== 'string')
    throw refusal('token-missing', 'The request is not signed.', 'Let Slack send it.')
  // The second look in the other direction keeps a recording with a later date from being good for longer.
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN
  if (!(Math.abs(now.getTime() / 1000 - seconds) <= WINDOW_SECONDS))
    throw refusal(
      'token-expired',
      'The request was signed more than five minutes from now.',
      'Check the clock of this server.',
    )
  if (!equal(given, signatureOf(timestamp, body, signingSecret)))
    throw refusal(
      'token-invalid',
      'The signature does not fit the request.',
      'Check SLACK_SIGNING_SECRET, and that no proxy changes bodies.',
    )
}

/** `v0=` and the HMAC of version, time and body. */
export function signatureOf(timestamp: string, body: Buffer, signingSecret: string): string {
  const hmac = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body)
  return `v0=${hmac.digest('hex')}`
}

function equal(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function refusal(
  code: 'token-missing' | 'token-expired' | 'token-invalid',
  detail: string,
  remedy: string,
): AppError {
  return new AppError(code, { detail, remedy })
}
