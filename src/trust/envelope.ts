import { createCipheriv, createDecipheriv } from 'node:crypto'
import { AppError } from '../errors.ts'
import type { Keyring, MasterKey } from './keyring.ts'
import { chanceBytes } from './chance.ts'

/**
 * A sealed text: `sealed.1.<master key id>.<wrapped data key>.<data>`, the last two base64url of nonce, tag and
 * ciphertext. AES-256-GCM both times; the associated data of both names the place, so that a value moved to another
 * case or field does not open.
 */
const MARK = 'sealed.1.'
const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32
/** Data keys held unwrapped at once: what a busy process works on, a few megabytes. */
const MOST_CACHED = 10_000

interface DataKey {
  readonly masterId: string
  readonly wrapped: string
  readonly bytes: Buffer
}

/** Seals and opens texts. One data key for each record, wrapped by a master key; rewrites of a record share it. */
export class Envelope {
  readonly #current: MasterKey
  readonly #masters: ReadonlyMap<string, MasterKey>
  readonly #cache = new Map<string, DataKey>()

  constructor(keyring: Keyring) {
    this.#current = keyring[0]
    this.#masters = new Map(keyring.map((key) => [key.id, key]))
  }

  /**
   * @param record what the data key belongs to: a document, a log, an item
   * @param field what the text is of that record; empty where it is all of it
   */
  seal(text: string, record: string, field = ''): string {
    const dataKey = this.#dataKeyFor(record)
    const data = encrypt(dataKey.bytes, Buffer.from(text, 'utf8'), valueBinding(record, field))
    return `${MARK}${dataKey.masterId}.${dataKey.wrapped}.${data}`
  }

  /** @throws AppError `config-invalid` for a master key that is not there, `internal` for what was tampered with */
  open(sealed: string, record: string, field = ''): string {
    const { masterId, wrapped, data } = parse(sealed)
    const { bytes } = this.#unwrap(masterId, wrapped, record)
    return decrypt(bytes, data, valueBinding(record, field)).toString('utf8')
  }

  /** The same text with its data key under the current master key; undefined where it is so already. */
  rewrap(sealed: string, record: string): string | undefined {
    const { masterId, wrapped, data } = parse(sealed)
    if (masterId === this.#current.id) return undefined
    const { bytes } = this.#unwrap(masterId, wrapped, record)
    return `${MARK}${this.#current.id}.${this.#wrap(bytes, record)}.${data}`
  }

  #dataKeyFor(record: string): DataKey {
    const known = this.#cache.get(record)
    if (known?.masterId === this.#current.id) return known
    const bytes = chanceBytes(KEY_BYTES)
    return this.#remember(record, {
      masterId: this.#current.id,
      wrapped: this.#wrap(bytes, record),
      bytes,
    })
  }

  #unwrap(masterId: string, wrapped: string, record: string): DataKey {
    const known = this.#cache.get(record)
    if (known?.wrapped === wrapped && known.masterId === masterId) return known
    const master = this.#masters.get(masterId)
    if (!master) throw unknownMaster(masterId)
    const bytes = decrypt(master.bytes, wrapped, keyBinding(masterId, record))
    return this.#remember(record, { masterId, wrapped, bytes })
  }

  #wrap(bytes: Buffer, record: string): string {
    return encrypt(this.#current.bytes, bytes, keyBinding(this.#current.id, record))
  }

  #remember(record: string, dataKey: DataKey): DataKey {
    this.#cache.delete(record)
    this.#cache.set(record, dataKey)
    if (this.#cache.size > MOST_CACHED) {
      const [oldest] = this.#cache.keys()
      if (oldest !== undefined) this.#cache.delete(oldest)
    }
    return dataKey
  }
}

export function isSealed(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith(MARK)
}

/** Id of the master key a sealed text needs. */
export function masterOf(sealed: string): string {
  return parse(sealed).masterId
}

function encrypt(key: Buffer, plain: Buffer, binding: string): string {
  const nonce = chanceBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(binding, 'utf8'))
  const body = cipher.update(plain)
  cipher.final()
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
}

function decrypt(key: Buffer, text: string, binding: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  const bodyAt = NONCE_BYTES + TAG_BYTES
  if (bytes.length < bodyAt) throw tampered()
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(binding, 'utf8'))
      .setAuthTag(bytes.subarray(NONCE_BYTES, bodyAt))
    const body = decipher.update(bytes.subarray(bodyAt))
    decipher.final()
    return body
  } catch (cause) {
    throw tampered(cause)
  }
}

function valueBinding(record: string, field: string): string {
  return JSON.stringify(['value', record, field])
}

function keyBinding(masterId: string, record: string): string {
  return JSON.stringify(['key', masterId, record])
}

function parse(sealed: string): { masterId: string; wrapped: string; data: string } {
  const [masterId, wrapped, data, more] = sealed.slice(MARK.length).split('.')
  if (masterId === undefined || wrapped === undefined || data === undefined || more !== undefined)
    throw tampered()
  return { masterId, wrapped, data }
}

function unknownMaster(id: string): AppError {
  return new AppError('config-invalid', {
    detail: `A record is protected by the master key ${id.slice(0, 40)}, which is not among the keys given.`,
    remedy: 'Give that key too, after the current one, in ENCRYPTION_KEYS or ENCRYPTION_KEYS_FILE.',
    subject: 'ENCRYPTION_KEYS',
  })
}

function tampered(cause?: unknown): AppError {
  return new AppError('internal', {
    detail:
      'A sealed record does not open: it was changed, moved, or sealed with another key of the same id.',
    remedy: 'Restore it from a backup, and see who else writes to the store.',
    cause,
  })
}
