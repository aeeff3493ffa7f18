import { AppError } from '../errors.ts'
import type { DueItem, Json, NewEntry, Store } from './port.ts'

/** One thing a store holds, apart from versions and claims, which belong to the store they were made in. */
export type Held =
  | { readonly kind: 'document'; readonly key: string; readonly value: Json }
  /** A stretch of a log; the stretches of one log come in order. */
  | {
      readonly kind: 'entries'
      readonly log: string
      readonly after: number
      readonly entries: readonly NewEntry[]
    }
  | { readonly kind: 'item'; readonly queue: string; readonly item: DueItem }

export interface Moved {
  readonly documents: number
  readonly entries: number
  readonly items: number
}

/**
 * Copies everything into an empty store and reads each thing back.
 * @throws AppError `store-conflict` when the target is not empty where something goes, `internal` when what was
 * read back differs
 */
export async function transfer(held: AsyncIterable<Held> | Iterable<Held>, target: Store): Promise<Moved> {
  const moved = { documents: 0, entries: 0, items: 0 }
  let underWay: Promise<void>[] = []
  const begin = (write: Promise<void>) => {
    // Its failure is told by the Promise.all below, which may come a moment later.
    write.catch(() => undefined)
    underWay.push(write)
  }
  for await (const one of held) {
    switch (one.kind) {
      case 'document':
        begin(putDocument(target, one.key, one.value))
        moved.documents += 1
        break
      case 'entries':
        await appendEntries(target, one.log, one.after, one.entries)
        moved.entries += one.entries.length
        break
      case 'item':
        begin(target.queue(one.queue).schedule(one.item))
        moved.items += 1
    }
    if (underWay.length < AT_ONCE) continue
    await Promise.all(underWay)
    underWay = []
  }
  await Promise.all(underWay)
  return moved
}

/** Writes made at once share a commit. */
const AT_ONCE = 100

async function putDocument(target: Store, key: string, value: Json): Promise<void> {
  const result = await target.documents.put([{ key, expected: 0, value }])
  if (!result.ok) throw occupied(`the document ${key}`)
  const back = await target.documents.get(key)
  if (!same(back?.value, value)) throw differs(`the document ${key}`)
}

async function appendEntries(
  target: Store,
  log: string,
  after: number,
  entries: readonly NewEntry[],
): Promise<void> {
  const given = await target.logs.append(log, entries)
  if (given.some((sequence, at) => sequence !== after + 1 + at)) throw occupied(`the log ${log}`)
  const back = await target.logs.read(log, after, entries.length)
  entries.forEach((entry, at) => {
    if (back[at]?.id !== entry.id || !same(back[at]?.value, entry.value))
      throw differs(`entry ${after + 1 + at} of the log ${log}`)
  })
}

function same(one: Json | undefined, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function occupied(what: string): AppError {
  return new AppError('store-conflict', {
    detail: `In the target ${what} is there already.`,
    remedy: 'Move into an empty store: name another key prefix, another database or another folder.',
  })
}

function differs(what: string): AppError {
  return new AppError('internal', {
    detail: `In the target ${what} reads back differently from what was written.`,
    remedy: 'Keep using the old store, and see what else writes to the target.',
  })
}
