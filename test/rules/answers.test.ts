import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerProblem, entityInScope, knowledgeFrom, UNSURE, withKnown } from '../../src/rules/answers.ts'
import { INAPPLICABLE, one } from '../../src/rules/knowledge.ts'
import { book } from './book.ts'

const possible = (answers: Parameters<typeof knowledgeFrom>[1], key: string) => {
  const known = knowledgeFrom(book, answers)(key)
  return known.kind === 'one' ? known.possible : known.values
}

describe('knowledge', () => {
  it('an answer is known, silence leaves every value open', () => {
    expect(possible({ 'entity.filing': 'elsewhere' }, 'entity.filing')).toEqual(['elsewhere'])
    expect(possible({}, 'entity.filing')).toEqual(['none', 'alibaba-cloud', 'elsewhere'])
  })

  it('"unsure" leaves every value open, also where silence means the default', () => {
    expect(possible({}, 'order.open')).toEqual(['no'])
    expect(possible({ 'order.open': UNSURE }, 'order.open')).toEqual(['yes', 'no'])
  })

  it('a key that does not apply is out, whatever was answered', () => {
    const answers = { 'server.region': 'outside-mainland', 'server.provider': 'alibaba-cloud' }
    expect(possible(answers, 'server.provider')).toEqual([])
    expect(possible({ ...answers, 'server.region': 'mainland' }, 'server.provider')).toEqual(['alibaba-cloud'])
  })

  it('a key that may or may not apply is open', () => {
    expect(possible({ 'server.region': UNSURE }, 'server.provider')).toEqual(['alibaba-cloud', 'other'])
  })

  it('where a key with a default does not apply, the default holds and the answer is not used', () => {
    const answers = { 'entity.filing': 'none', 'entity.account': 'another-account' }
    expect(possible(answers, 'entity.account')).toEqual(['this-account'])
  })

  it('the group follows the kind of entity', () => {
    expect(possible({ 'entity.kind': 'law-firm' }, 'entity.group')).toEqual(['organisation'])
    expect(possible({ 'entity.kind': 'individual' }, 'entity.group')).toEqual(['individual'])
    expect(possible({}, 'entity.group')).toEqual(['individual', 'organisation'])
  })

  it('a region is one of the 31', () => {
    expect(possible({}, 'entity.province')).toHaveLength(31)
  })

  it('a list is known as a whole or not at all', () => {
    expect(possible({ 'website.services': ['news', 'games'] }, 'website.services')).toEqual(['news', 'games'])
    expect(possible({ 'website.services': UNSURE }, 'website.services')).toBeUndefined()
  })

  it('an unknown key, and names of Object, are no keys', () => {
    for (const key of ['no.such.key', '__proto__', 'constructor', 'toString'])
      expect(knowledgeFrom(book, {})(key)).toEqual(INAPPLICABLE)
  })

  it('further keys lie over it', () => {
    const know = withKnown(knowledgeFrom(book, {}), { 'filing-type': one('first-time') })
    expect(know('filing-type')).toEqual(one('first-time'))
    expect(know('order.open')).toEqual(one('no'))
  })
})

describe('answerProblem', () => {
  it.each([
    ['entity.kind', 'enterprise', undefined],
    ['entity.kind', UNSURE, undefined],
    ['entity.kind', 'company', 'value-unknown'],
    ['entity.kind', 7, 'not-text'],
    ['entity.kind', ['enterprise'], 'not-text'],
    ['entity.province', 'CN-ZJ', undefined],
    ['entity.province', 'CN-HK', 'value-unknown'],
    ['website.services', ['news', 'games'], undefined],
    ['website.services', UNSURE, undefined],
    ['website.services', 'news', 'not-list'],
    ['website.services', [], 'empty-list'],
    ['website.services', ['news', 'none'], 'alone'],
    ['website.services', ['news', 'poetry'], 'value-unknown'],
    ['website.services', [['news']], 'value-unknown'],
    ['no.such.key', 'x', 'key-unknown'],
    ['__proto__', { polluted: true }, 'key-unknown'],
    ['constructor', 'x', 'key-unknown'],
  ])('%s: %j is %s', (key, value, problem) => {
    expect(answerProblem(book, key, value)?.problem).toBe(problem)
  })

  it('never throws, and never lets through what is no value of the key', () => {
    const key = fc.oneof(fc.constantFrom(...book.keys.keys(), '__proto__', 'constructor', 'hasOwnProperty'), fc.string())
    fc.assert(
      fc.property(key, fc.anything({ withBigInt: true, withMap: true, withNullPrototype: true }), (name, value) => {
        const problem = answerProblem(book, name, value)
        const list: readonly unknown[] = Array.isArray(value) ? value : [value]
        const values = [...(book.keys.get(name)?.values ?? []), ...book.provinces.keys(), UNSURE]
        expect(problem !== undefined || list.every((item) => typeof item === 'string' && values.includes(item))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

it('a scope names kinds or groups', () => {
  const know = knowledgeFrom(book, { 'entity.kind': 'law-firm' })
  expect(entityInScope(book, undefined, know)).toBe(true)
  expect(entityInScope(book, ['organisation'], know)).toBe(true)
  expect(entityInScope(book, ['enterprise', 'law-firm'], know)).toBe(true)
  expect(entityInScope(book, ['individual'], know)).toBe(false)
  expect(entityInScope(book, ['individual'], knowledgeFrom(book, {}))).toBe(true)
})
