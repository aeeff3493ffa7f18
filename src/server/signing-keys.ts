import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Store } from '../store/port.ts'

const KEY = 'server:signing-key'
const schema = z.object({ key: z.base64() })

export type SigningKeys = readonly [Uint8Array, ...Uint8Array[]]

/**
 * The keys that sign web tokens: those configured, or one made at the first start and kept in the store, so that
 * conversations outlive a restart.
 */
export async function signingKeys(
  store: Store,
  configured: readonly string[] | undefined,
): Promise<SigningKeys> {
  const [first, ...others] = (configured ?? []).map(decode)
  if (first) return [first, ...others]
  const made = randomBytes(32).toString('base64')
  await store.documents.put([{ key: KEY, expected: 0, value: { key: made } }])
  const kept = await store.documents.get(KEY)
  return [decode(schema.parse(kept?.value).key)]
}

function decode(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'))
}
