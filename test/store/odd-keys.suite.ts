import { describe, expect, test } from 'vitest'
import type { Subject } from './conformance.ts'
import { ODD_NAMES, putOne } from './helpers.ts'

export function oddKeysSuite({ store, reopen }: Subject): void {
  describe('odd keys', () => {
    test('are documents like any other', async () => {
      const { documents } = store()
      for (const [index, key] of ODD_NAMES.entries()) {
        expect(await documents.get(key)).toBeUndefined()
        await putOne(documents, key, 0, index)
      }
      const check = async (): Promise<void> => {
        const found = await store().documents.getMany(ODD_NAMES)
        expect(found.map((document) => document?.value)).toEqual(ODD_NAMES.map((_, index) => index))
      }
      await check()
      await reopen()
      await check()
    })

    test('are log names and entry ids like any other', async () => {
      const entries = ODD_NAMES.map((id, value) => ({ id, value }))
      for (const log of ODD_NAMES) await store().logs.append(log, entries)
      await reopen()
      for (const log of ODD_NAMES) {
        const stored = await store().logs.read(log, 0)
        expect(stored).toEqual(entries.map((entry, index) => ({ sequence: index + 1, ...entry })))
      }
      await store().logs.remove('a')
      expect(await store().logs.last('a\u0000')).toBe(ODD_NAMES.length)
      expect(await store().logs.append('a\u0000', entries.slice(3, 4))).toEqual([4])
    })

    test('are queue names and item ids like any other', async () => {
      for (const name of ODD_NAMES) {
        await store().queue(name).schedule({ id: name, due: 5, value: name })
      }
      const shared = store().queue('shared')
      await Promise.all(ODD_NAMES.map((id, due) => shared.schedule({ id, due, value: id })))
      await reopen()
      for (const name of ODD_NAMES) {
        const claimed = await store().queue(name).claim(10, 100, 1000)
        expect(claimed).toMatchObject([{ id: name, due: 5, value: name }])
      }
      const claimed = await store().queue('shared').claim(1000, 100, 1000)
      expect(claimed.map(({ id }) => id)).toEqual(ODD_NAMES)
      for (const { id, receipt } of claimed)
        expect(await store().queue('shared').done(id, receipt)).toBe(true)
    })

    test('the same name is a document, a log and a queue without a collision', async () => {
      for (const name of ODD_NAMES) {
        await putOne(store().documents, name, 0, 'document')
        await store().logs.append(name, [{ id: name, value: 'entry' }])
        await store().queue(name).schedule({ id: name, due: 1, value: 'item' })
      }
      for (const name of ODD_NAMES) {
        expect((await store().documents.get(name))?.value).toBe('document')
        expect(await store().logs.read(name, 0)).toEqual([{ sequence: 1, id: name, value: 'entry' }])
        expect(await store().queue(name).cancel(name)).toBe(true)
      }
    })

    test('a queue name and an item id do not run together', async () => {
      await store().queue('ab').schedule({ id: 'c', due: 1, value: 1 })
      expect(await store().queue('a').cancel('bc')).toBe(false)
      expect(await store().queue('a').claim(10, 10, 10)).toEqual([])
      expect(await store().queue('abc').claim(10, 10, 10)).toEqual([])
    })
  })
}
