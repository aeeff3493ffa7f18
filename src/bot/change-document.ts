import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '../errors.ts'
import type { Json, Store } from '../store/port.ts'

const TRIES = 20

/**
 * Changes one document by compare-and-set, again where somebody else was faster. `undefined` deletes it.
 * @returns what stands there now
 * @throws AppError store-conflict
 */
export async function changeDocument<Value extends Json | undefined>(
  store: Store,
  key: string,
  change: (value: Json | undefined) => Value,
): Promise<Value> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const found = await store.documents.get(key)
    const value = change(found?.value)
    if (value === undefined && found === undefined) return value
    const { ok } = await store.documents.put([{ key, expected: found?.version ?? 0, value }])
    if (ok) return value
    await pause(Math.random() * 5 * attempt)
  }
  throw new AppError('store-conflict', {
    detail: `A document changed ${TRIES} times while it was being written.`,
    remedy: 'Try again.',
  })
}

export async function removeDocument(store: Store, key: string): Promise<void> {
  await changeDocument(store, key, () => undefined)
}
