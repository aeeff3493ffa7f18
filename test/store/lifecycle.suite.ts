import { describe, expect, test } from 'vitest'
import type { Subject } from './conformance.ts'
import { failure, numbered, putOne, range, take } from './helpers.ts'

export function lifecycleSuite({ store, reopen }: Subject): void {
  describe('opening and closing', () => {
    test('is ready once open', async () => {
      await store().ready()
      await store().ready()
    })

    test('everything is there after reopening', async () => {
      const version = await putOne(store().documents, 'key', 0, { kept: true })
      const deleted = await putOne(store().documents, 'deleted', 0, 1)
      await putOne(store().documents, 'deleted', deleted, undefined)
      await store().logs.append('log', numbered(1, 3))
      await store().queue('q').schedule({ id: 'claimed', due: 1, value: 'c' })
      const [claimed] = await store().queue('q').claim(1, 1, 1000)
      await store().queue('q').schedule({ id: 'waiting', due: 2, value: 'w' })

      await reopen()
      expect(await store().documents.getMany(['key', 'deleted'])).toEqual([
        { value: { kept: true }, version },
        undefined,
      ])
      expect(await store().logs.last('log')).toBe(3)
      expect(await store().logs.append('log', numbered(3, 4))).toEqual([3, 4])
      expect(
        (await take(store().logs.tail('log', 2, new AbortController().signal), 2)).map((e) => e.id),
      ).toEqual(['id-3', 'id-4'])
      expect(await store().queue('q').claim(10, 10, 1000)).toMatchObject([
        { id: 'waiting', due: 2, value: 'w' },
      ])
      expect(await store().queue('q').done('claimed', claimed!.receipt)).toBe(true)
    })

    test('a version does not come back after reopening', async () => {
      const seen = new Set<number>()
      for (let round = 0; round < 3; round += 1) {
        const created = await putOne(store().documents, 'key', 0, 1)
        const deleted = await putOne(store().documents, 'key', created, undefined)
        seen.add(created).add(deleted)
        await reopen()
      }
      expect(seen.size).toBe(6)
    })

    test('every call after close is refused', async () => {
      const closed = store()
      const queue = closed.queue('q')
      await closed.close()
      const calls: (() => Promise<unknown>)[] = [
        () => closed.ready(),
        () => closed.documents.get('key'),
        () => closed.documents.getMany(['key']),
        () => closed.documents.put([{ key: 'key', expected: 0, value: 1 }]),
        () => closed.documents.put([]),
        () => closed.logs.append('log', numbered(1, 1)),
        () => closed.logs.append('log', []),
        () => closed.logs.read('log', 0),
        () => closed.logs.last('log'),
        () => closed.logs.remove('log'),
        () => take(closed.logs.tail('log', 0, new AbortController().signal), 1),
        () => queue.schedule({ id: 'a', due: 1, value: 1 }),
        () => queue.cancel('a'),
        () => queue.claim(1, 1, 1),
        () => queue.done('a', 'r'),
        () => queue.release('a', 'r', 1),
        async () => closed.queue('other').cancel('a'),
      ]
      for (const call of calls) await failure('store-closed', call)
    })

    test('close may be called again, also at once', async () => {
      await Promise.all([store().close(), store().close()])
      await store().close()
    })

    test('writes under way when it closes are kept', async () => {
      const writes = range(1, 50).map((n) => putOne(store().documents, `key-${n}`, 0, n))
      const append = store().logs.append('log', numbered(1, 20))
      await store().close()
      await Promise.all([...writes, append])
      await reopen()
      const found = await store().documents.getMany(range(1, 50).map((n) => `key-${n}`))
      expect(found.map((document) => document?.value)).toEqual(range(1, 50))
      expect(await store().logs.last('log')).toBe(20)
    })
  })
}
