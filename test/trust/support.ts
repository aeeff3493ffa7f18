import { createHash } from 'node:crypto'
import { keyringSchema, type Keyring } from '../../src/trust/keyring.ts'

/** A keyring of keys that follow from their names, the current one first. */
export function keyring(...ids: readonly string[]): Keyring {
  return keyringSchema.parse(keyText(...ids))
}

export function keyText(...ids: readonly string[]): string {
  return ids.map((id) => `${id}:${createHash('sha256').update(id).digest('base64')}`).join(',')
}
