import { describe, expect, it } from 'vitest'
import { accepts, holds } from '../../src/rules/condition.ts'
import { INAPPLICABLE, one, type Known } from '../../src/rules/knowledge.ts'

const know = (known: Readonly<Record<string, Known>>) => (key: string) => known[key] ?? INAPPLICABLE
const list = (...values: string[]): Known => ({ kind: 'list', values })
const unknownList: Known = { kind: 'list', values: undefined }

describe('one key', () => {
  it.each([
    ['a', one('a'), 'true'],
    ['a', one('b'), 'false'],
    ['a', one('a', 'b'), 'unknown'],
    ['a', INAPPLICABLE, 'false'],
    [['a', 'b'], one('b'), 'true'],
    [['a', 'b'], one('a', 'b'), 'true'],
    [['a', 'b'], one('a', 'b', 'c'), 'unknown'],
    [['a', 'b'], one('c', 'd'), 'false'],
    [{ not: 'a' }, one('a'), 'false'],
    [{ not: 'a' }, one('b', 'c'), 'true'],
    [{ not: 'a' }, one('a', 'b'), 'unknown'],
    [{ not: ['a', 'b'] }, one('c'), 'true'],
    [{ not: ['a', 'b'] }, one('b'), 'false'],
    // What does not apply satisfies nothing, not even a negation.
    [{ not: 'a' }, INAPPLICABLE, 'false'],
  ])('%j of %j is %s', (wanted, known, truth) => {
    expect(holds({ key: wanted }, know({ key: known }))).toBe(truth)
  })
})

describe('a list', () => {
  it.each([
    ['a', list('a', 'b'), 'true'],
    ['a', list('b'), 'false'],
    [['a', 'c'], list('c', 'd'), 'true'],
    [['a', 'c'], list('d'), 'false'],
    [{ not: 'a' }, list('b'), 'true'],
    [{ not: 'a' }, list('a', 'b'), 'false'],
    [{ not: ['a', 'b'] }, list('c'), 'true'],
    [{ not: ['a', 'b'] }, list('c', 'b'), 'false'],
    ['a', unknownList, 'unknown'],
    [{ not: 'a' }, unknownList, 'unknown'],
  ])('%j of %j is %s', (wanted, known, truth) => {
    expect(holds({ key: wanted }, know({ key: known }))).toBe(truth)
  })
})

describe('several keys', () => {
  const truths = { true: one('x'), false: one('y'), unknown: one('x', 'y') }
  const names = ['true', 'false', 'unknown'] as const
  const expected = (a: string, b: string) =>
    a === 'false' || b === 'false' ? 'false' : a === 'true' && b === 'true' ? 'true' : 'unknown'
  it.each(names.flatMap((a) => names.map((b) => [a, b] as const)))('%s and %s', (a, b) => {
    expect(holds({ a: 'x', b: 'x' }, know({ a: truths[a], b: truths[b] }))).toBe(expected(a, b))
  })

  it('an empty condition holds', () => {
    expect(holds({}, know({}))).toBe('true')
  })
})

it('accepts compares one value with one part', () => {
  expect(accepts('a', 'a')).toBe(true)
  expect(accepts(['a', 'b'], 'c')).toBe(false)
  expect(accepts({ not: ['a', 'b'] }, 'c')).toBe(true)
})
