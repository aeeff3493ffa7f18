import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import type { WebhookSecrets } from './settings.ts'

/** Older or newer than this, a request is not taken: it may be a recording. */
const WINDOW_SECONDS = 300
const BLOCK_BYTES = 16

const outerSchema = z.object({ encrypt: z.base64() })
const tokenSchema = z.union([
  z.object({ header: z.object({ token: z.string() }) }).transform(({ header }) => header.token),
  z.object({ token: z.string() }).transform(({ token }) => token),
])
const challengeSchema = z.object({ type: z.literal('url_verification') })

/**
 * Opens what arrived at the webhook: decrypts it and checks that Feishu sent these very bytes, and lately. Every check
 * is made, whatever the others say, and a refusal is the same for all: who guesses learns nothing from it.
 * @throws AppError token-invalid
 */
export function openDelivery(
  headers: IncomingHttpHeaders,
  raw: Buffer,
  { encryptKey, verificationToken }: WebhookSecrets,
  now: Date,
): unknown {
  const signed = isSigned(headers, raw, encryptKey, now)
  const body = decrypted(raw, encryptKey)
  const ours = same(tokenSchema.safeParse(body).data ?? '', verificationToken)
  // The address is checked without a signature; only who has the key can have encrypted our token.
  if (ours && (signed || challengeSchema.safeParse(body).success)) return body
  throw new AppError('token-invalid', {
    detail: 'The request is not one of the Feishu app.',
    remedy: 'Check FEISHU_ENCRYPT_KEY, FEISHU_VERIFICATION_TOKEN and the clock of this server.',
  })
}

/** Over time, nonce, key and the bytes as they came. */
export function signatureOf(timestamp: string, nonce: string, encryptKey: string, raw: Buffer): string {
  return createHash('sha256').update(`${timestamp}${nonce}${encryptKey}`).update(raw).digest('hex')
}

/**
 * Opens one encrypted text: AES-256-CBC under the hash of the key, the first block being the initial vector.
 * @returns undefined where it was not encrypted with that key
 */
export function decrypt(encrypted: string, encryptKey: string): string | undefined {
  const bytes = Buffer.from(encrypted, 'base64')
  if (bytes.length < 2 * BLOCK_BYTES || bytes.length % BLOCK_BYTES !== 0) return undefined
  const key = createHash('sha256').update(encryptKey).digest()
  try {
    const cipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, BLOCK_BYTES))
    return Buffer.concat([cipher.update(bytes.subarray(BLOCK_BYTES)), cipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

function isSigned(headers: IncomingHttpHeaders, raw: Buffer, encryptKey: string, now: Date): boolean {
  const {
    'x-lark-signature': given,
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
  } = headers
  if (typeof given !== 'string' || typeof timestamp !== 'string' || typeof nonce !== 'string') return false
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN
  const recent = Math.abs(now.getTime() / 1000 - seconds) <= WINDOW_SECONDS
  return same(given, signatureOf(timestamp, nonce, encryptKey, raw)) && recent
}

function decrypted(raw: Buffer, encryptKey: string): unknown {
  const outer = outerSchema.safeParse(parsed(raw.toString('utf8')))
  const inner = outer.success ? decrypt(outer.data.encrypt, encryptKey) : undefined
  return inner === undefined ? undefined : parsed(inner)
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** In a time that says nothing about either. */
function same(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
