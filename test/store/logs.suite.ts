import { describe, expect, test } from 'vitest'
import type { Subject } from './conformance.ts'
import { failure, numbered, range } from './helpers.ts'

export function logsSuite({ store }: Subject): void {
  describe('logs', () => {
    test('an unknown log is empty', async () => {
      const { logs } = store()
      expect(await logs.last('none')).toBe(0)
      expect(await logs.read('none', 0)).toEqual([])
      expect(await logs.append('none', [])).toEqual([])
      expect(await logs.last('none')).toBe(0)
    })

    test('numbers its entries 1, 2, 3 in the order of appending', async () => {
      const { logs } = store()
      expect(await logs.append('log', numbered(1, 2))).toEqual([1, 2])
      expect(await logs.append('log', numbered(3, 3))).toEqual([3])
      expect(await logs.last('log')).toBe(3)
      expect(await logs.read('log', 0)).toEqual([
        { sequence: 1, id: 'id-1', value: 1 },
        { sequence: 2, id: 'id-2', value: 2 },
        { sequence: 3, id: 'id-3', value: 3 },
      ])
    })

    test('reads after a watermark, at most the limit', async () => {
      const { logs } = store()
      await logs.append('log', numbered(1, 1500))
      const sequences = async (after: number, limit?: number): Promise<number[]> =>
        (await logs.read('log', after, limit)).map((entry) => entry.sequence)
      expect(await sequences(0)).toEqual(range(1, 1000))
      expect(await sequences(1000)).toEqual(range(1001, 1500))
      expect(await sequences(255, 3)).toEqual([256, 257, 258])
      expect(await sequences(1499)).toEqual([1500])
      expect(await sequences(1500)).toEqual([])
      expect(await sequences(99_999)).toEqual([])
      expect(await sequences(0, 0)).toEqual([])
      expect(await sequences(0, 5000)).toEqual(range(1, 1500))
    })

    test('an id appended again keeps its entry', async () => {
      const { logs } = store()
      await logs.append('log', numbered(1, 3))
      expect(await logs.append('log', [{ id: 'id-2', value: 'other' }])).toEqual([2])
      expect(
        await logs.append('log', [
          { id: 'id-4', value: 4 },
          { id: 'id-1', value: 'other' },
          { id: 'id-4', value: 'other' },
          { id: 'id-5', value: 5 },
        ]),
      ).toEqual([4, 1, 4, 5])
      expect((await logs.read('log', 0)).map((entry) => entry.value)).toEqual([1, 2, 3, 4, 5])
    })

    test('the same id appended at once by many is one entry', async () => {
      const { logs } = store()
      const entry = { id: 'same', value: 'x' }
      const sequences = await Promise.all(range(1, 20).map(() => logs.append('log', [entry])))
      expect(sequences).toEqual(range(1, 20).map(() => [1]))
      expect(await logs.read('log', 0)).toEqual([{ sequence: 1, ...entry }])
    })

    test('appends made at once leave no gap and stay together', async () => {
      const { logs } = store()
      const batches = range(0, 49).map((index) => numbered(index * 4 + 1, index * 4 + 4))
      const sequences = await Promise.all(batches.map((batch) => logs.append('log', batch)))
      expect(sequences.flat().sort((one, other) => one - other)).toEqual(range(1, 200))
      for (const [first, ...rest] of sequences) expect(rest).toEqual([first! + 1, first! + 2, first! + 3])
      const stored = await logs.read('log', 0)
      sequences.forEach((batch, index) => {
        expect(batch.map((sequence) => stored[sequence - 1]?.id)).toEqual(batches[index]!.map(({ id }) => id))
      })
    })

    test('logs are independent of each other and of documents', async () => {
      const { logs, documents } = store()
      await documents.put([{ key: 'a', expected: 0, value: 'document' }])
      await logs.append('a', numbered(1, 2))
      await logs.append('b', [{ id: 'id-1', value: 'in b' }])
      expect(await logs.last('a')).toBe(2)
      expect(await logs.read('b', 0)).toEqual([{ sequence: 1, id: 'id-1', value: 'in b' }])
      expect((await documents.get('a'))?.value).toBe('document')
    })

    test('a removed log is gone, ids included, and may begin anew', async () => {
      const { logs } = store()
      await logs.append('log', numbered(1, 300))
      await logs.append('other', numbered(1, 2))
      await logs.remove('log')
      await logs.remove('log')
      expect(await logs.last('log')).toBe(0)
      expect(await logs.read('log', 0)).toEqual([])
      expect(await logs.append('log', [{ id: 'id-7', value: 'again' }])).toEqual([1])
      expect(await logs.read('log', 0)).toEqual([{ sequence: 1, id: 'id-7', value: 'again' }])
      expect(await logs.last('other')).toBe(2)
    })

    test('refuses what it cannot keep, and keeps nothing of it', async () => {
      const { logs } = store()
      const good = { id: 'good', value: 1 }
      for (const log of ['', 'x'.repeat(513)]) {
        await failure('request-invalid', () => logs.append(log, [good]))
        await failure('request-invalid', () => logs.read(log, 0))
        await failure('request-invalid', () => logs.last(log))
        await failure('request-invalid', () => logs.remove(log))
      }
      for (const id of ['', 'x'.repeat(513), '\udc00']) {
        await failure('request-invalid', () => logs.append('log', [good, { id, value: 1 }]))
      }
      await failure('request-invalid', () =>
        logs.append('log', [good, { id: 'large', value: 'x'.repeat(5 * 1024 * 1024) }]),
      )
      expect(await logs.last('log')).toBe(0)
      for (const after of [-1, 0.5, NaN, Infinity]) {
        await failure('request-invalid', () => logs.read('log', after))
      }
      for (const limit of [-1, 0.5, NaN]) await failure('request-invalid', () => logs.read('log', 0, limit))
    })
  })
}
