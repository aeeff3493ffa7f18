import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measure, splitText } from '../../../src/channels/messaging/split-text.ts'
import { TokenBuckets } from '../../../src/channels/messaging/token-bucket.ts'

describe('a text that is too long', () => {
  test('is cut between paragraphs before it is cut between words', () => {
    expect(splitText(`${'a '.repeat(30)}\n\nsecond`, { length: 62, unit: 'characters' })).toEqual([
      'a '.repeat(30).trim(),
      'second',
    ])
    expect(splitText('one two three four', { length: 9, unit: 'characters' })).toEqual([
      'one two',
      'three',
      'four',
    ])
  })

  test('in bytes: Chinese counts three', () => {
    const parts = splitText('备案'.repeat(500), { length: 2048, unit: 'bytes' })
    expect(parts.every((part) => measure(part, 'bytes') <= 2048)).toBe(true)
    expect(parts.join('')).toBe('备案'.repeat(500))
  })

  test('loses nothing but blanks at the cuts, and no part is too long or empty', () => {
    const unit = fc.constantFrom('characters' as const, 'bytes' as const)
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.integer({ min: 40, max: 200 }),
        unit,
        (text, length, u) => {
          const parts = splitText(text, { length, unit: u })
          expect(parts.every((part) => measure(part, u) <= length)).toBe(true)
          const bare = (value: string) => value.replace(/\s/gu, '')
          expect(bare(parts.join(''))).toBe(bare(text))
          if (parts.length > 1) expect(parts.every((part) => part !== '')).toBe(true)
        },
      ),
    )
  })
})

describe('how fast a chat may be written to', () => {
  test('a burst, then at the rate; chats do not wait for each other', () => {
    const buckets = new TokenBuckets({ burst: 2, perSecond: 1 })
    expect([0, 0].map((now) => buckets.take('a', now).ok)).toEqual([true, true])
    expect(buckets.take('a', 0)).toEqual({ ok: false, afterMs: 1000 })
    expect(buckets.take('b', 0).ok).toBe(true)
    expect(buckets.take('a', 1000).ok).toBe(true)
  })

  test('a clock that is set back locks nobody for longer than the rate', () => {
    const buckets = new TokenBuckets({ burst: 1, perSecond: 1 })
    buckets.take('a', 1_000_000)
    expect(buckets.take('a', 0)).toEqual({ ok: false, afterMs: 1000 })
  })
})
