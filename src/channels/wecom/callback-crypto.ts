import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import { AppError } from '../../errors.ts'

/** What a callback carries in its address, beside the encrypted part. */
export interface Signed {
  readonly signature: string
  readonly timestamp: string
  readonly nonce: string
  readonly encrypted: string
}

export interface CallbackKeys {
  readonly token: string
  /** EncodingAESKey: 43 characters. */
  readonly aesKey: string
  /** Whom the message must be for: the corporation id, for an app of its own. */
  readonly receiver: string
}

/** Older or newer than this, a request is not taken: it may be a recording. */
const WINDOW_SECONDS = 300
/** WeCom pads to blocks of this size, twice that of AES: Node's own check would refuse half of all messages. */
const BLOCK = 32
const HEAD = 20

/**
 * Checks that WeCom sent this, lately and to us, and opens it.
 * @throws AppError token-invalid, the same whatever is wrong: who forges learns nothing from trying
 */
export function openCallback(signed: Signed, keys: CallbackKeys, now: Date): string {
  const { signature, timestamp, nonce, encrypted } = signed
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN
  const recent = Math.abs(now.getTime() / 1000 - seconds) <= WINDOW_SECONDS
  const genuine = equal(signature, signatureOf([keys.token, timestamp, nonce, encrypted]))
  const opened = recent && genuine ? decrypt(encrypted, keys) : undefined
  if (opened === undefined) throw refusal()
  return opened
}

/** SHA-1 of the parts, sorted by their characters and joined. */
export function signatureOf(parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')
}

/** Random bytes, length of the message, message, receiver. @returns undefined for what is not built like that */
function decrypt(encrypted: string, { aesKey, receiver }: CallbackKeys): string | undefined {
  const bytes = Buffer.from(encrypted, 'base64')
  if (bytes.length === 0 || bytes.length % BLOCK !== 0) return undefined
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const plain = unpadded(Buffer.concat([decipher.update(bytes), decipher.final()]))
  if (!plain || plain.length < HEAD) return undefined
  const end = HEAD + plain.readUInt32BE(16)
  if (end > plain.length || !equal(plain.toString('utf8', end), receiver)) return undefined
  return plain.toString('utf8', HEAD, end)
}

function unpadded(bytes: Buffer): Buffer | undefined {
  const pad = bytes.at(-1) ?? 0
  const start = bytes.length - pad
  if (pad < 1 || pad > BLOCK || start < 0 || bytes.subarray(start).some((byte) => byte !== pad))
    return undefined
  return bytes.subarray(0, start)
}

function equal(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}

export function refusal(): AppError {
  return new AppError('token-invalid', {
    detail: 'This is no message of WeCom for this app.',
    remedy: 'Check the WECOM_ variables of the app, and the clock of this server.',
  })
}
