import { expect } from 'vitest'
import type { LogEntry, Store } from '../../../src/store/port.ts'
import { increment } from '../helpers.ts'

const WRITERS = 4

/** Writers and a reader that go on whatever happens, and what they were told. */
export interface Load {
  /** Rounds all writers have had acknowledged. */
  rounds(): number
  reaches(rounds: number): Promise<void>
  /** Lets the rounds under way end and begins no more until the returned function is called. */
  pause(): Promise<() => void>
  /** Lets the rounds under way end. Rejects with what any call was refused with. */
  stop(): Promise<void>
  readonly acknowledged: readonly number[]
  /** What a tail gave out meanwhile. */
  readonly seen: readonly LogEntry[]
}

/**
 * Each round of each writer, one after the other: counts up a document that all writers share, writes two documents
 * of its own in one batch, appends two entries, and sets a queue item.
 */
export function startLoad(writer: Store, reader: Store): Load {
  const acknowledged = Array.from({ length: WRITERS }, () => 0)
  const seen: LogEntry[] = []
  const reading = new AbortController()
  let going = true
  let gate = Promise.resolve()
  let working = 0
  let failed: unknown

  const write = async (w: number): Promise<void> => {
    let versions = [0, 0]
    for (let n = 1; ; n += 1) {
      await gate
      if (!going) return
      working += 1
      await increment(writer.documents, 'shared')
      const result = await writer.documents.put(
        ['a', 'b'].map((part, index) => ({ key: `${part}:${w}`, expected: versions[index] ?? 0, value: n })),
      )
      // Nobody else writes these: a conflict would be with a forgotten attempt of the same write.
      expect(result.ok).toBe(true)
      if (result.ok) versions = [...result.versions]
      const ids = ['x', 'y'].map((part) => ({ id: `${w} ${n} ${part}`, value: n }))
      await writer.logs.append('log', ids)
      await writer.queue('q').schedule({ id: `${w}`, due: n, value: n })
      acknowledged[w] = n
      working -= 1
    }
  }
  const writers = Array.from({ length: WRITERS }, (_, w) =>
    write(w).catch((error: unknown) => {
      failed = error
    }),
  )
  const tail = (async () => {
    for await (const entry of reader.logs.tail('log', 0, reading.signal)) seen.push(entry)
  })()
  const rounds = (): number => Math.min(...acknowledged)

  return {
    acknowledged,
    seen,
    rounds,
    reaches: async (wanted) => {
      while (rounds() < wanted && failed === undefined) await new Promise((resolve) => setTimeout(resolve, 5))
    },
    pause: async () => {
      let release = (): void => undefined
      gate = new Promise((resolve) => (release = resolve))
      while (working > 0 && failed === undefined) await new Promise((resolve) => setTimeout(resolve, 5))
      return release
    },
    stop: async () => {
      going = false
      await Promise.all(writers)
      if (failed !== undefined) throw failed as Error
      const last = await reader.logs.last('log')
      while (seen.length < last) await new Promise((resolve) => setTimeout(resolve, 5))
      reading.abort()
      await tail
    },
  }
}

/** Compares what the writers and the reader were told with what the store holds: nothing lost, nothing doubled. */
export async function checkLoad({ acknowledged, seen }: Load, store: Store): Promise<void> {
  const total = acknowledged.reduce((sum, n) => sum + n, 0)
  expect((await store.documents.get('shared'))?.value).toBe(total)
  for (const [w, n] of acknowledged.entries()) {
    const parts = await store.documents.getMany([`a:${w}`, `b:${w}`])
    expect(parts.map((document) => document?.value)).toEqual([n, n])
  }
  const stored = await store.logs.read('log', 0, 1_000_000)
  expect(stored.map(({ sequence }) => sequence)).toEqual(stored.map((_, index) => index + 1))
  const ids = acknowledged.flatMap((rounds, w) =>
    Array.from({ length: rounds }, (_, index) =>
      ['x', 'y'].map((part) => `${w} ${index + 1} ${part}`),
    ).flat(),
  )
  expect(stored.map(({ id }) => id).sort()).toEqual(ids.sort())
  expect(seen).toEqual(stored)
  const items = await store.queue('q').claim(1e12, 100, 0)
  expect(items.map(({ id, value }) => [id, value]).sort()).toEqual(acknowledged.map((n, w) => [`${w}`, n]))
}
