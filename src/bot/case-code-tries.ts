import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Store } from '../store/port.ts'
import { changeDocument, removeDocument } from './change-document.ts'

const MOST_TRIES = 5
/** How long nothing is tried any more, and how long a wrong try counts. */
export const LOCK_MS = 15 * 60_000

const triesSchema = z.object({ count: z.number(), at: z.number() })

export type Counted = { readonly ok: true } | { readonly ok: false; readonly minutes: number }

/**
 * Counts a try before it is made, so that any number of tries at once make no more than the five; a good one is
 * cleared afterwards. Tries while it is locked do not make the lock last longer.
 */
export async function countTry(store: Store, subject: string, now: Date): Promise<Counted> {
  let lockedUntil: number | undefined
  await changeDocument(store, triesKey(subject), (value) => {
    const kept = value === undefined ? undefined : triesSchema.parse(value)
    const known = kept && now.getTime() < kept.at + LOCK_MS ? kept : { count: 0, at: 0 }
    lockedUntil = known.count >= MOST_TRIES ? known.at + LOCK_MS : undefined
    return lockedUntil === undefined ? { count: known.count + 1, at: now.getTime() } : known
  })
  if (lockedUntil === undefined) return { ok: true }
  return { ok: false, minutes: Math.ceil((lockedUntil - now.getTime()) / 60_000) }
}

export function clearTries(store: Store, subject: string): Promise<void> {
  return removeDocument(store, triesKey(subject))
}

function triesKey(subject: string): string {
  return `tries:{${createHash('sha256').update(subject).digest('base64url').slice(0, 22)}}`
}
