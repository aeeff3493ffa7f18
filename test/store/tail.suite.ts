import { setImmediate, setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { LogEntry } from '../../src/store/port.ts'
import type { Subject } from './conformance.ts'
import { failure, numbered, range, take } from './helpers.ts'

const never = new AbortController().signal

export function tailSuite({ store }: Subject): void {
  describe('tail', () => {
    test('gives the stored entries, then the new ones', async () => {
      const { logs } = store()
      await logs.append('log', numbered(1, 3))
      const taken = take(logs.tail('log', 1, never), 4)
      await setTimeout(20)
      await logs.append('log', numbered(4, 4))
      await logs.append('log', numbered(5, 6))
      expect(await taken).toEqual(range(2, 5).map((n) => ({ sequence: n, id: `id-${n}`, value: n })))
    })

    test('waits for a log that does not exist yet', async () => {
      const { logs } = store()
      const taken = take(logs.tail('later', 0, never), 1)
      await setTimeout(20)
      await logs.append('another', numbered(1, 1))
      await logs.append('later', numbered(9, 9))
      expect(await taken).toEqual([{ sequence: 1, id: 'id-9', value: 9 }])
    })

    test('loses, doubles and reorders nothing while entries are appended as it reads', async () => {
      const { logs } = store()
      await logs.append('log', numbered(1, 700))
      const tails = [0, 0, 350].map((after) => take(logs.tail('log', after, never), 1500 - after))
      const appends = range(0, 79).map(async (index) => {
        await setTimeout(index % 7)
        await logs.append('log', numbered(701 + index * 10, 710 + index * 10))
      })
      await Promise.all(appends)
      const [one, two, three] = (await Promise.all(tails)).map((tail) => tail.map((entry) => entry.sequence))
      expect(one).toEqual(range(1, 1500))
      expect(two).toEqual(range(1, 1500))
      expect(three).toEqual(range(351, 1500))
      const stored = await logs.read('log', 0, 1500)
      expect(await take(logs.tail('log', 0, never), 1500)).toEqual(stored)
    })

    test('an entry that arrives just when a reader begins to wait wakes it', async () => {
      const { logs } = store()
      const reader = logs.tail('log', 0, never)[Symbol.asyncIterator]()
      for (const n of range(1, 500)) {
        // Nothing is appended after it that could wake the reader in its place: a lost wake-up hangs here.
        const append = logs.append('log', numbered(n, n))
        for (let pause = n % 100; pause > 0; pause -= 1) await setImmediate()
        const [next] = await Promise.all([reader.next(), append])
        expect(next.value).toEqual({ sequence: n, id: `id-${n}`, value: n })
      }
    })

    test('a slow reader gets everything, in order', async () => {
      const { logs } = store()
      const seen: number[] = []
      const reader = (async () => {
        for await (const entry of logs.tail('log', 0, never)) {
          seen.push(entry.sequence)
          if (entry.sequence % 40 === 0) await setTimeout(5)
          if (seen.length === 400) return
        }
      })()
      for (const index of range(0, 39)) await logs.append('log', numbered(index * 10 + 1, index * 10 + 10))
      await reader
      expect(seen).toEqual(range(1, 400))
    })

    test('an id appended again is not given out again', async () => {
      const { logs } = store()
      const taken = take(logs.tail('log', 0, never), 3)
      await logs.append('log', numbered(1, 2))
      await logs.append('log', numbered(1, 2))
      await logs.append('log', numbered(2, 3))
      expect((await taken).map((entry) => entry.id)).toEqual(['id-1', 'id-2', 'id-3'])
    })

    test('ends when the signal aborts: before, while waiting, and between stored entries', async () => {
      const { logs } = store()
      await logs.append('log', numbered(1, 50))
      expect(await drain(logs.tail('log', 0, AbortSignal.abort()))).toEqual([])
      const waiting = new AbortController()
      const waited = drain(logs.tail('log', 48, waiting.signal))
      await setTimeout(20)
      waiting.abort()
      expect((await waited).map((entry) => entry.sequence)).toEqual([49, 50])
      const reading = new AbortController()
      const seen: number[] = []
      for await (const entry of logs.tail('log', 0, reading.signal)) {
        seen.push(entry.sequence)
        if (entry.sequence === 10) reading.abort()
      }
      expect(seen).toEqual(range(1, 10))
    })

    test('one tail that ends leaves the others alone', async () => {
      const { logs } = store()
      const short = new AbortController()
      const ended = drain(logs.tail('log', 0, short.signal))
      const taken = take(logs.tail('log', 0, never), 2)
      await setTimeout(10)
      short.abort()
      expect(await ended).toEqual([])
      await logs.append('log', numbered(1, 2))
      expect((await taken).map((entry) => entry.sequence)).toEqual([1, 2])
    })

    test('ends when the store closes', async () => {
      const { logs } = store()
      await logs.append('log', numbered(1, 2))
      const waiting = drain(logs.tail('log', 0, never))
      const unknown = drain(logs.tail('unknown', 0, never))
      await setTimeout(20)
      await store().close()
      expect((await waiting).map((entry) => entry.sequence)).toEqual([1, 2])
      expect(await unknown).toEqual([])
    })

    test('refuses a bad watermark and a bad name', async () => {
      const { logs } = store()
      for (const after of [-1, 0.5, NaN]) {
        await failure('request-invalid', () => drain(logs.tail('log', after, never)))
      }
      await failure('request-invalid', () => drain(logs.tail('', 0, never)))
    })
  })
}

async function drain(tail: AsyncIterable<LogEntry>): Promise<LogEntry[]> {
  return take(tail, Infinity)
}
