import { describe, expect, test } from 'vitest'
import type { ClaimedItem, DueQueue } from '../../src/store/port.ts'
import type { Subject } from './conformance.ts'
import { failure, range } from './helpers.ts'

const LEASE = 1000

export function queueSuite({ store }: Subject): void {
  const ids = (items: readonly ClaimedItem[]): string[] => items.map((item) => item.id)
  const claimOne = async (queue: DueQueue, now: number): Promise<ClaimedItem> => {
    const [item, ...rest] = await queue.claim(now, 10, LEASE)
    expect(rest).toEqual([])
    expect(item).toBeDefined()
    return item!
  }

  describe('queue', () => {
    test('gives out what is due, earliest first, at most the limit', async () => {
      const queue = store().queue('q')
      expect(await queue.claim(1e12, 10, LEASE)).toEqual([])
      for (const [id, due] of [
        ['c', 300],
        ['a', 100],
        ['b', 200],
        ['d', 5e9],
        ['e', 1.8e12],
      ] as const) {
        await queue.schedule({ id, due, value: { id } })
      }
      expect(await queue.claim(99, 10, LEASE)).toEqual([])
      const claimed = await queue.claim(300, 2, LEASE)
      expect(claimed.map(({ id, due, value }) => ({ id, due, value }))).toEqual([
        { id: 'a', due: 100, value: { id: 'a' } },
        { id: 'b', due: 200, value: { id: 'b' } },
      ])
      expect(ids(await queue.claim(300, 10, LEASE))).toEqual(['c'])
      expect(await queue.claim(300, 10, LEASE)).toEqual([])
      expect(await queue.claim(5e9, 0, LEASE)).toEqual([])
      expect(ids(await queue.claim(5e9 - 1, 10, LEASE)).sort()).toEqual(['a', 'b', 'c'])
      expect(ids(await queue.claim(5e9, 10, LEASE))).toEqual(['d'])
      expect(ids(await queue.claim(1.8e12 - 1, 1, LEASE))).not.toContain('e')
    })

    test('a claimed item is hidden until the lease ends, then claimable with a new receipt', async () => {
      const queue = store().queue('q')
      await queue.schedule({ id: 'a', due: 100, value: 1 })
      const first = await claimOne(queue, 500)
      expect(await queue.claim(500 + LEASE - 1, 10, LEASE)).toEqual([])
      const second = await claimOne(queue, 500 + LEASE)
      expect(second).toMatchObject({ id: 'a', due: 100, value: 1 })
      expect(second.receipt).not.toBe(first.receipt)
      expect(await queue.done('a', first.receipt)).toBe(false)
      expect(await queue.release('a', first.receipt, 0)).toBe(false)
      expect(await queue.claim(500 + LEASE, 10, LEASE)).toEqual([])
      expect(await queue.done('a', second.receipt)).toBe(true)
      expect(await queue.done('a', second.receipt)).toBe(false)
      expect(await queue.claim(1e12, 10, LEASE)).toEqual([])
    })

    test('counts how often an item was claimed, until it is scheduled anew', async () => {
      const queue = store().queue('q')
      await queue.schedule({ id: 'a', due: 100, value: { x: [' \n'] } })
      const first = await claimOne(queue, 200)
      expect(first.attempts).toBe(1)
      expect(await queue.release('a', first.receipt, 300)).toBe(true)
      const second = await claimOne(queue, 300)
      expect(second).toMatchObject({ attempts: 2, due: 300, value: { x: [' \n'] } })
      const third = await claimOne(queue, 300 + LEASE)
      expect(third.attempts).toBe(3)
      await queue.schedule({ id: 'a', due: 400, value: 1 })
      expect(await claimOne(queue, 400)).toMatchObject({ attempts: 1, value: 1 })
    })

    test('work finished late counts while nobody has claimed it again', async () => {
      const queue = store().queue('q')
      await queue.schedule({ id: 'a', due: 0, value: 1 })
      const { receipt } = await claimOne(queue, 0)
      expect(await queue.done('a', receipt)).toBe(true)
      expect(await queue.claim(1e12, 10, LEASE)).toEqual([])
    })

    test('release makes it visible at the new time', async () => {
      const queue = store().queue('q')
      await queue.schedule({ id: 'a', due: 100, value: 'kept' })
      const { receipt } = await claimOne(queue, 100)
      expect(await queue.release('a', receipt, 700)).toBe(true)
      expect(await queue.release('a', receipt, 0)).toBe(false)
      expect(await queue.done('a', receipt)).toBe(false)
      expect(await queue.claim(699, 10, LEASE)).toEqual([])
      expect(await claimOne(queue, 700)).toMatchObject({ id: 'a', due: 700, value: 'kept' })
    })

    test('scheduling the same id replaces the item', async () => {
      const queue = store().queue('q')
      await queue.schedule({ id: 'a', due: 100, value: 'old' })
      await queue.schedule({ id: 'a', due: 900, value: 'new' })
      expect(await queue.claim(899, 10, LEASE)).toEqual([])
      expect(await claimOne(queue, 900)).toMatchObject({ due: 900, value: 'new' })
      await queue.schedule({ id: 'a', due: 50, value: 'earlier' })
      expect(await claimOne(queue, 50)).toMatchObject({ due: 50, value: 'earlier' })
    })

    test('rescheduling while claimed voids the claim', async () => {
      const queue = store().queue('q')
      await queue.schedule({ id: 'a', due: 100, value: 'old' })
      const { receipt } = await claimOne(queue, 100)
      await queue.schedule({ id: 'a', due: 100, value: 'new' })
      expect(await queue.done('a', receipt)).toBe(false)
      expect(await queue.release('a', receipt, 5000)).toBe(false)
      const again = await claimOne(queue, 100)
      expect(again.value).toBe('new')
      expect(again.receipt).not.toBe(receipt)
      expect(await queue.done('a', again.receipt)).toBe(true)
    })

    test('cancel removes an item, claimed or not', async () => {
      const queue = store().queue('q')
      expect(await queue.cancel('a')).toBe(false)
      await queue.schedule({ id: 'a', due: 1, value: 1 })
      expect(await queue.cancel('a')).toBe(true)
      expect(await queue.cancel('a')).toBe(false)
      expect(await queue.claim(1e12, 10, LEASE)).toEqual([])
      await queue.schedule({ id: 'a', due: 1, value: 1 })
      const { receipt } = await claimOne(queue, 1)
      expect(await queue.cancel('a')).toBe(true)
      expect(await queue.done('a', receipt)).toBe(false)
      await queue.schedule({ id: 'a', due: 1, value: 2 })
      expect(await queue.done('a', receipt)).toBe(false)
      expect(await claimOne(queue, 1)).toMatchObject({ value: 2 })
    })

    test('an invented receipt does nothing', async () => {
      const queue = store().queue('q')
      await queue.schedule({ id: 'a', due: 1, value: 1 })
      for (const receipt of ['', '0', 'undefined', 'null']) {
        expect(await queue.done('a', receipt)).toBe(false)
        expect(await queue.release('a', receipt, 0)).toBe(false)
        expect(await queue.done('none', receipt)).toBe(false)
      }
      expect(await claimOne(queue, 1)).toMatchObject({ id: 'a' })
    })

    test('claims made at once share the items without doubles', async () => {
      const queue = store().queue('q')
      await Promise.all(range(1, 100).map((n) => queue.schedule({ id: `i${n}`, due: n, value: n })))
      const claims = await Promise.all(range(1, 30).map(() => queue.claim(100, 7, LEASE)))
      for (const claim of claims) {
        const dues = claim.map((item) => item.due)
        expect(dues).toEqual([...dues].sort((one, other) => one - other))
      }
      const all = claims.flat()
      expect(all).toHaveLength(100)
      expect(new Set(ids(all)).size).toBe(100)
      const done = await Promise.all(all.map(({ id, receipt }) => queue.done(id, receipt)))
      expect(done.every(Boolean)).toBe(true)
      expect(await queue.claim(1e12, 10, LEASE)).toEqual([])
    })

    test('queues are independent of each other', async () => {
      const [one, other] = [store().queue('one'), store().queue('other')]
      await one.schedule({ id: 'a', due: 1, value: 'one' })
      await other.schedule({ id: 'a', due: 2, value: 'other' })
      const { receipt } = await claimOne(one, 10)
      expect(await other.done('a', receipt)).toBe(false)
      expect(await store().queue('one').done('a', receipt)).toBe(true)
      expect(await claimOne(other, 10)).toMatchObject({ value: 'other' })
    })

    test('refuses what it cannot keep', async () => {
      const queue = store().queue('q')
      const good = { id: 'a', due: 1, value: 1 }
      for (const name of ['', 'x'.repeat(513)]) {
        await failure('request-invalid', async () => store().queue(name).schedule(good))
      }
      for (const id of ['', 'x'.repeat(513)]) {
        await failure('request-invalid', () => queue.schedule({ ...good, id }))
        await failure('request-invalid', () => queue.cancel(id))
        await failure('request-invalid', () => queue.done(id, 'r'))
      }
      for (const time of [-1, 0.5, NaN, Infinity]) {
        await failure('request-invalid', () => queue.schedule({ ...good, due: time }))
        await failure('request-invalid', () => queue.release('a', 'r', time))
        await failure('request-invalid', () => queue.claim(time, 1, LEASE))
        await failure('request-invalid', () => queue.claim(1, time, LEASE))
        await failure('request-invalid', () => queue.claim(1, 1, time))
      }
      await failure('request-invalid', () => queue.schedule({ ...good, value: 'x'.repeat(5 * 1024 * 1024) }))
      expect(await queue.claim(1e12, 10, LEASE)).toEqual([])
    })
  })
}
