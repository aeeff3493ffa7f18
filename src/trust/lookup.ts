import { createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Store } from '../store/port.ts'

const KEY = 'server:lookup-key'
const schema = z.object({ key: z.base64() })

/** Names a thing by a text without showing the text: whoever lacks the key cannot even try texts out. */
export type KeyedHash = (text: string) => string

/**
 * Keyed hashes for names that are looked up. The key is made at the first start and kept in the store, which must
 * be a sealed one; it outlives every master key, since names cannot be written anew.
 */
export async function openLookup(store: Store): Promise<KeyedHash> {
  const made = { key: randomBytes(32).toString('base64') }
  let kept = await store.documents.get(KEY)
  if (!kept) {
    await store.documents.put([{ key: KEY, expected: 0, value: made }])
    kept = await store.documents.get(KEY)
  }
  const key = Buffer.from(schema.parse(kept?.value).key, 'base64')
  return (text) => createHmac('sha256', key).update(text).digest('base64url').slice(0, 22)
}
