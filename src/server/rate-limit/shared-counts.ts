import { z } from 'zod'
import { changeDocument } from '../../bot/change-document.ts'
import type { Store } from '../../store/port.ts'

/** Of one limit only so many subjects are shared, the busiest: the document stays small whoever comes. */
const MOST_SHARED = 500

const countsSchema = z.record(z.string(), z.number())
const schema = z.object({ window: z.number(), now: countsSchema, before: countsSchema })
type Shared = z.infer<typeof schema>

export interface Totals {
  readonly now: ReadonlyMap<string, number>
  readonly before: ReadonlyMap<string, number>
}

/**
 * Adds what this process counted to what all of them counted together, one document for each limit: it holds this
 * window and the one before, so nothing is left behind to be cleared away.
 * @param added by subject; subjects are hashes, so that no address stands in the store
 */
export async function shareCounts(
  store: Store,
  limit: string,
  window: number,
  added: ReadonlyMap<string, number>,
): Promise<Totals> {
  const { now, before } = await changeDocument(store, `rate:{${limit}}`, (kept): Shared => {
    const shared = turnedTo(window, kept === undefined ? undefined : schema.parse(kept))
    const counts = new Map(Object.entries(shared.now))
    for (const [subject, count] of added) counts.set(subject, (counts.get(subject) ?? 0) + count)
    return { ...shared, now: Object.fromEntries(busiest(counts)) }
  })
  return { now: new Map(Object.entries(now)), before: new Map(Object.entries(before)) }
}

function turnedTo(window: number, shared: Shared | undefined): Shared {
  if (shared?.window === window) return shared
  return { window, now: {}, before: shared?.window === window - 1 ? shared.now : {} }
}

function busiest(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, MOST_SHARED)
}
