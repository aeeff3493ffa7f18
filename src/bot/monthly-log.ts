import type { Json, LogEntry, Store } from '../store/port.ts'

const PAGE = 1000

/**
 * A log that forgets: one for each month, so that the oldest can go as a whole. What was kept before there were
 * months lies in the log of the bare name.
 */
export async function keepMonthly(
  store: Store,
  log: string,
  entry: { readonly id: string; readonly value: Json },
  now: Date,
): Promise<void> {
  await store.logs.append(monthOf(log, now, 0), [entry])
}

/** Everything of the last months, the oldest first. */
export async function* readMonthly(
  store: Store,
  log: string,
  now: Date,
  months: number,
): AsyncIterable<LogEntry> {
  const names = Array.from({ length: months + 1 }, (_, at) => monthOf(log, now, months - at))
  for (const name of [log, ...names]) {
    for (let after = 0; ;) {
      const page = await store.logs.read(name, after, PAGE)
      yield* page
      const last = page.at(-1)
      if (!last) break
      after = last.sequence
    }
  }
}

/** Removes the months before the last `months`, and the log of the bare name; returns how many entries went. */
export async function dropMonthly(store: Store, log: string, now: Date, months: number): Promise<number> {
  const outdated = Array.from({ length: YEARS_BACK * 12 }, (_, at) => monthOf(log, now, months + 1 + at))
  let gone = 0
  for (const name of [log, ...outdated]) {
    const entries = await store.logs.last(name)
    if (entries === 0) continue
    await store.logs.remove(name)
    gone += entries
  }
  return gone
}

/** How far back is looked after a long time out of service. */
const YEARS_BACK = 3

function monthOf(log: string, now: Date, back: number): string {
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1))
  return `${log}:${month.toISOString().slice(0, 7)}`
}
