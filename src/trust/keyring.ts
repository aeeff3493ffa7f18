import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'

/** A master key. Its id stands in every record it protects, so that a later one can take over. */
export interface MasterKey {
  readonly id: string
  /** 32 bytes. */
  readonly bytes: Buffer
}

/** The first key protects what is written; all of them open what was written. */
export type Keyring = readonly [MasterKey, ...MasterKey[]]

const MASTER_BYTES = 32

const masterKey = z
  .string()
  .regex(/^[\w-]{1,40}:[A-Za-z0-9+/]{43}=$/, 'each key is id:base64 of 32 bytes')
  .transform((text): MasterKey => {
    const at = text.indexOf(':')
    return { id: text.slice(0, at), bytes: Buffer.from(text.slice(at + 1), 'base64') }
  })

/** `id:base64,id:base64` or one key a line, the current one first; lines that begin with # are passed over. */
export const keyringSchema = z
  .string()
  .transform((text) =>
    text
      .split(/[,\n]/)
      .map((part) => part.trim())
      .filter((part) => part !== '' && !part.startsWith('#')),
  )
  .pipe(z.tuple([masterKey], masterKey))
  .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, 'two keys have the same id')

/** A new key as it is written into the environment or the file: `id:base64`. */
export function newMasterKey(): string {
  const bytes = randomBytes(MASTER_BYTES)
  const id = createHash('sha256').update('master-key-id').update(bytes).digest('hex').slice(0, 8)
  return `${id}:${bytes.toString('base64')}`
}
