import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/store/port.ts'
import type { Subject } from './conformance.ts'
import { failure, increment, putOne, range, versionsOf } from './helpers.ts'

export function documentsSuite({ store }: Subject): void {
  describe('documents', () => {
    test('an unknown document is undefined', async () => {
      expect(await store().documents.get('none')).toBeUndefined()
      expect(await store().documents.getMany([])).toEqual([])
    })

    test.each<[string, Json]>([
      ['null', null],
      ['false', false],
      ['zero', 0],
      ['a fraction', -1.5e-7],
      ['an empty string', ''],
      ['a string with line breaks and nulls', 'a\nb\r\u0000\u2028"\\'],
      ['a lone surrogate', '\ud800'],
      ['an empty list', []],
      ['a nested value', { a: [1, { b: null }], 备案: '京ICP备' }],
      ['a key named __proto__', JSON.parse('{"__proto__":{"a":1},"constructor":2}') as Json],
    ])('keeps %s as it is', async (_, value) => {
      const version = await putOne(store().documents, 'key', 0, value)
      const found = await store().documents.get('key')
      expect(JSON.stringify(found)).toBe(JSON.stringify({ value, version }))
    })

    test('keeps a value of one megabyte', async () => {
      const value = '备😀x'.repeat(100_000)
      await putOne(store().documents, 'large', 0, value)
      const [found] = await store().documents.getMany(['large'])
      expect(found?.value === value).toBe(true)
    })

    test('stores the value of the time of the call', async () => {
      const value = { list: ['before'] }
      const put = store().documents.put([{ key: 'key', expected: 0, value }])
      value.list[0] = 'after'
      await put
      expect((await store().documents.get('key'))?.value).toEqual({ list: ['before'] })
    })

    test('drops fields that are undefined, as JSON does', async () => {
      await putOne(store().documents, 'key', 0, { a: undefined, b: 1 })
      expect(Object.keys((await store().documents.get('key'))?.value ?? {})).toEqual(['b'])
    })

    test('a delete may take whatever version is there, or nothing, with the rest of its batch', async () => {
      await putOne(store().documents, 'one:{tag}', 0, 1)
      const batch = (expected: number) => [
        { key: 'one:{tag}', expected: 'any', value: undefined } as const,
        { key: 'none:{tag}', expected: 'any', value: undefined } as const,
        { key: 'two:{tag}', expected, value: 2 },
      ]
      expect(await store().documents.put(batch(7))).toEqual({ ok: false, conflicts: ['two:{tag}'] })
      expect((await store().documents.get('one:{tag}'))?.value).toBe(1)
      expect(await store().documents.put(batch(0))).toMatchObject({ ok: true })
      expect(await store().documents.get('one:{tag}')).toBeUndefined()
      expect((await store().documents.get('two:{tag}'))?.value).toBe(2)
    })

    test('nothing is written over without its version', async () => {
      const write = { key: 'key', expected: 'any', value: 1 } as const
      await failure('request-invalid', () => store().documents.put([write]))
      expect(await store().documents.get('key')).toBeUndefined()
    })

    test('a write needs the version last seen', async () => {
      const { documents } = store()
      const first = await putOne(documents, 'key', 0, 1)
      expect(first).toBeGreaterThan(0)
      const second = await putOne(documents, 'key', first, 2)
      expect(second).not.toBe(first)
      for (const expected of [0, first, second + 1]) {
        expect(await documents.put([{ key: 'key', expected, value: 3 }])).toEqual({
          ok: false,
          conflicts: ['key'],
        })
        expect(await documents.put([{ key: 'key', expected, value: undefined }])).toEqual({
          ok: false,
          conflicts: ['key'],
        })
      }
      expect(await documents.get('key')).toEqual({ value: 2, version: second })
    })

    test('a version never comes back, not even after delete and re-create', async () => {
      const { documents } = store()
      const seen: number[] = []
      for (let round = 0; round < 5; round += 1) {
        seen.push(await putOne(documents, 'key', 0, 'same'))
        seen.push(await putOne(documents, 'key', seen.at(-1)!, 'same'))
        seen.push(await putOne(documents, 'key', seen.at(-1)!, undefined))
        expect(await documents.get('key')).toBeUndefined()
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.every((version) => Number.isSafeInteger(version) && version > 0)).toBe(true)
      const current = await putOne(documents, 'key', 0, 'same')
      for (const expected of seen) {
        expect((await documents.put([{ key: 'key', expected, value: 'stale' }])).ok).toBe(false)
      }
      expect(await documents.get('key')).toEqual({ value: 'same', version: current })
    })

    test('deleting what is not there succeeds with expected 0 only', async () => {
      const { documents } = store()
      expect(await documents.put([{ key: 'none', expected: 1, value: undefined }])).toEqual({
        ok: false,
        conflicts: ['none'],
      })
      expect(await putOne(documents, 'none', 0, undefined)).toBeGreaterThan(0)
      expect(await documents.get('none')).toBeUndefined()
    })

    test('a batch takes effect as a whole or not at all', async () => {
      const { documents } = store()
      const taken = await putOne(documents, 'taken', 0, 'old')
      const gone = await putOne(documents, 'gone', 0, 'old')
      const refused = await documents.put([
        { key: 'fresh', expected: 0, value: 'new' },
        { key: 'taken', expected: 0, value: 'new' },
        { key: 'gone', expected: gone, value: undefined },
        { key: 'absent', expected: 7, value: 'new' },
      ])
      expect(refused).toEqual({ ok: false, conflicts: ['taken', 'absent'] })
      expect(await documents.getMany(['fresh', 'taken', 'gone', 'absent'])).toEqual([
        undefined,
        { value: 'old', version: taken },
        { value: 'old', version: gone },
        undefined,
      ])
      const versions = versionsOf(
        await documents.put([
          { key: 'fresh', expected: 0, value: 'new' },
          { key: 'taken', expected: taken, value: 'new' },
          { key: 'gone', expected: gone, value: undefined },
        ]),
      )
      expect(versions).toHaveLength(3)
      expect(await documents.getMany(['gone', 'taken', 'fresh', 'taken'])).toEqual([
        undefined,
        { value: 'new', version: versions[1] },
        { value: 'new', version: versions[0] },
        { value: 'new', version: versions[1] },
      ])
    })

    test('keys of different cases are not written in one batch, and nothing of it is', async () => {
      const { documents } = store()
      for (const [one, other] of [
        ['case:a', 'case:b'],
        ['turn:{a}:1', 'turn:{b}:1'],
        ['case:{a}', 'settings'],
      ] as const) {
        const error = await failure('request-invalid', () =>
          documents.put([
            { key: one, expected: 0, value: 1 },
            { key: other, expected: 0, value: 1 },
          ]),
        )
        expect(error.message).toContain('different cases')
        expect(await documents.getMany([one, other])).toEqual([undefined, undefined])
      }
      versionsOf(
        await documents.put([
          { key: 'case:{a}', expected: 0, value: 1 },
          { key: 'talk:{a}:x', expected: 0, value: 1 },
          { key: 'case:a', expected: 0, value: 1 },
        ]),
      )
    })

    test('an empty batch does nothing', async () => {
      expect(await store().documents.put([])).toEqual({ ok: true, versions: [] })
    })

    test('50 increments at once lose nothing', async () => {
      const { documents } = store()
      await Promise.all(range(1, 50).map(() => increment(documents, 'counter')))
      expect((await documents.get('counter'))?.value).toBe(50)
    })

    test('of many who create the same document one wins', async () => {
      const results = await Promise.all(
        range(1, 20).map((value) => store().documents.put([{ key: 'one', expected: 0, value }])),
      )
      const winners = results.flatMap((result, index) => (result.ok ? [index + 1] : []))
      expect(winners).toHaveLength(1)
      expect((await store().documents.get('one'))?.value).toBe(winners[0])
    })

    test('getMany never sees half a batch', async () => {
      const { documents } = store()
      const keys = range(1, 10).map((index) => `part-${index}`)
      let versions = versionsOf(await documents.put(keys.map((key) => ({ key, expected: 0, value: 0 }))))
      let writing = true
      const writer = (async () => {
        for (let round = 1; round <= 100; round += 1) {
          const batch = keys.map((key, index) => ({ key, expected: versions[index]!, value: round }))
          versions = versionsOf(await documents.put(batch))
        }
        writing = false
      })()
      while (writing) {
        const values = (await documents.getMany(keys)).map((found) => found?.value)
        expect(new Set(values).size).toBe(1)
        await new Promise(setImmediate)
      }
      await writer
    })

    test('what a resolved put wrote is there for the next read', async () => {
      const { documents } = store()
      let version = 0
      for (const value of range(1, 100)) {
        version = await putOne(documents, 'key', version, value)
        expect(await documents.get('key')).toEqual({ value, version })
      }
    })

    test('refuses what it cannot keep, and keeps nothing of it', async () => {
      const { documents } = store()
      const cycle: Record<string, Json> = {}
      cycle['self'] = cycle
      const good = { key: 'good', expected: 0, value: 1 }
      const bad = [
        { key: '', expected: 0, value: 1 },
        { key: 'x'.repeat(513), expected: 0, value: 1 },
        { key: '备'.repeat(171), expected: 0, value: 1 },
        { key: 'half \ud83d pair', expected: 0, value: 1 },
        { key: 'key', expected: -1, value: 1 },
        { key: 'key', expected: 0.5, value: 1 },
        { key: 'key', expected: NaN, value: 1 },
        { key: 'key', expected: 0, value: cycle },
        { key: 'key', expected: 0, value: 'x'.repeat(5 * 1024 * 1024) },
        { key: 'good', expected: 0, value: 2 },
      ]
      for (const write of bad) await failure('request-invalid', () => documents.put([good, write]))
      expect(await documents.getMany(['good', 'key'])).toEqual([undefined, undefined])
      await failure('request-invalid', () => documents.get(''))
      await failure('request-invalid', () => documents.getMany(['key', 'x'.repeat(513)]))
    })
  })
}
