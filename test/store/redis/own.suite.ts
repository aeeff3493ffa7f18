import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Json, Store } from '../../../src/store/port.ts'
import type { RedisConfig } from '../../../src/store/redis/config.ts'
import { openRedisStore } from '../../../src/store/redis/open.ts'
import { numbered, putOne, range, take } from '../helpers.ts'

const never = new AbortController().signal

/** What the Redis adapter promises beyond the port, on one server and on a cluster. */
export function ownSuite(url: () => string): void {
  const openBoth = async (config: Partial<RedisConfig> = {}): Promise<[Store, Store]> => {
    const shared = { url: url(), keyPrefix: `${randomUUID()}:`, onWarning: () => undefined, ...config }
    const stores: [Store, Store] = [await openRedisStore(shared), await openRedisStore(shared)]
    onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))))
    return stores
  }

  describe('several processes', () => {
    test('a tail gives at once what another process appends', async () => {
      const [one, other] = await openBoth()
      const tails = range(1, 20).map((n) =>
        take(one.logs.tail(`log:${n}`, 0, new AbortController().signal), 3),
      )
      await sleep(50)
      for (const n of range(1, 20)) await other.logs.append(`log:${n}`, numbered(1, 3))
      for (const tail of tails) expect((await tail).map(({ sequence }) => sequence)).toEqual([1, 2, 3])
    })

    test('a write of one is seen, and its version respected, by the other', async () => {
      const [one, other] = await openBoth()
      const version = await putOne(one.documents, 'case:a', 0, 1)
      expect(await other.documents.get('case:a')).toEqual({ value: 1, version })
      await putOne(other.documents, 'case:a', version, 2)
      expect((await one.documents.put([{ key: 'case:a', expected: version, value: 3 }])).ok).toBe(false)
    })

    test('prefixes keep installations apart', async () => {
      const [one] = await openBoth()
      const [other] = await openBoth()
      await putOne(one.documents, 'case:a', 0, 1)
      await one.logs.append('case:a', numbered(1, 1))
      expect(await other.documents.get('case:a')).toBeUndefined()
      expect(await other.logs.last('case:a')).toBe(0)
    })
  })

  describe('documents of several cases', () => {
    test('are read as of one moment', async () => {
      const [{ documents }, reader] = await openBoth()
      const keys = ['case:a', 'case:b', 'case:c', 'case:d']
      const versions = new Map<string, number>()
      let writing = true
      const writer = (async () => {
        for (let round = 1; round <= 100; round += 1) {
          for (const key of keys) {
            versions.set(key, await putOne(documents, key, versions.get(key) ?? 0, round))
          }
          await sleep(2)
        }
        writing = false
      })()
      let reads = 0
      while (writing) {
        const found = await reader.documents.getMany(keys).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'store-conflict' })
        })
        if (found === undefined) continue
        const rounds = found.map((document) => (typeof document?.value === 'number' ? document.value : 0))
        // Written one after the other, so at any moment they descend, by one at most.
        expect(rounds).toEqual([...rounds].sort((one, two) => two - one))
        expect(rounds[0]! - rounds[3]!).toBeLessThanOrEqual(1)
        reads += 1
      }
      await writer
      expect(reads).toBeGreaterThan(5)
    })
  })

  describe('retention', () => {
    test('documents and logs go after their time, counted from the last write; versions do not come back', async () => {
      const [{ documents, logs }] = await openBoth({ ttlSeconds: { 'case:': 1, 'case:kept': 0 } })
      const first = await putOne(documents, 'case:a', 0, 1)
      await putOne(documents, 'case:kept', 0, 1)
      await logs.append('case:a', numbered(1, 2))
      while ((await documents.get('case:a')) !== undefined || (await logs.last('case:a')) > 0) await sleep(50)
      expect((await documents.get('case:kept'))?.value).toBe(1)
      expect(await putOne(documents, 'case:a', 0, 1)).toBeGreaterThan(first)
      expect(await logs.append('case:a', numbered(2, 2))).toEqual([1])
    })
  })

  describe('tails', () => {
    test('go on with the new log when theirs is removed and begun anew', async () => {
      const [{ logs }] = await openBoth()
      await logs.append('log', numbered(1, 5))
      const taken = take(logs.tail('log', 0, never), 7)
      await sleep(100)
      await logs.remove('log')
      await logs.append('log', numbered(6, 7))
      expect((await taken).map(({ sequence, value }): Json => [sequence, value])).toEqual([
        ...range(1, 5).map((n) => [n, n]),
        [1, 6],
        [2, 7],
      ])
    })

    test('hold a page at a time, also of large entries', async () => {
      const [{ logs }] = await openBoth()
      const value = 'x'.repeat(200_000)
      for (const n of range(1, 40)) await logs.append('log', [{ id: `${n}`, value }])
      const taken = await take(logs.tail('log', 0, never), 40)
      expect(taken.map(({ sequence }) => sequence)).toEqual(range(1, 40))
    })
  })
}
