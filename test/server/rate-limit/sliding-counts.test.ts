import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SlidingCounts } from '../../../src/server/rate-limit/sliding-counts.ts'

const WINDOW = 60_000

function takes(counts: SlidingCounts, subject: string, now: number, times: number): number {
  return Array.from({ length: times }, () => counts.take(subject, now)).filter((taken) => 'own' in taken)
    .length
}

describe('counting in a window that slides', () => {
  it('lets through what is allowed and no more, each subject by itself', () => {
    const counts = new SlidingCounts(5, WINDOW)
    expect(takes(counts, 'a', 0, 9)).toBe(5)
    expect(takes(counts, 'b', 0, 9)).toBe(5)
  })

  it('at the edge of two windows no double amount comes through', () => {
    const counts = new SlidingCounts(100, WINDOW)
    expect(takes(counts, 'a', WINDOW - 1, 200)).toBe(100)
    expect(takes(counts, 'a', WINDOW + 1, 200)).toBeLessThanOrEqual(1)
    expect(takes(counts, 'a', WINDOW * 1.5, 200)).toBeLessThanOrEqual(51)
  })

  it('what is refused does not count, and everything is forgotten in the end', () => {
    const counts = new SlidingCounts(5, WINDOW)
    takes(counts, 'a', 0, 1_000)
    expect(takes(counts, 'a', 2 * WINDOW, 9)).toBe(5)
  })

  it('what others counted counts, of this window and the one before', () => {
    const counts = new SlidingCounts(10, WINDOW)
    takes(counts, 'a', 0, 1)
    counts.learn(0, new Map([['a', 7]]), new Map())
    expect(takes(counts, 'a', 0, 9)).toBe(2)
    counts.learn(0, new Map(), new Map([['b', 10]]))
    expect(takes(counts, 'b', WINDOW / 2, 9)).toBe(5)
    counts.learn(7, new Map([['c', 10]]), new Map())
    expect(takes(counts, 'c', WINDOW / 2, 20)).toBe(10)
  })

  it('whoever waits as long as was said is let in, and not much before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 200 }),
        (most, steps) => {
          const counts = new SlidingCounts(most, WINDOW)
          let now = 0
          for (const step of steps) {
            now += step
            const taken = counts.take('a', now)
            if (!('afterMs' in taken)) continue
            expect(taken.afterMs).toBeGreaterThan(0)
            expect(taken.afterMs).toBeLessThanOrEqual(2 * WINDOW)
            now += taken.afterMs
            expect(counts.take('a', now)).toHaveProperty('own')
          }
        },
      ),
    )
  })

  it('remembers no more subjects than it may', () => {
    const counts = new SlidingCounts(5, WINDOW)
    takes(counts, 'first', 0, 5)
    for (let other = 0; other < 50_000; other += 1) counts.take(`other ${other}`, 0)
    expect(takes(counts, 'first', 0, 1)).toBe(1)
  })
})
