import { describe, expect, it } from 'vitest'
import { parseFormAnswers, parsePayload } from '../../src/rendering/payload.ts'

const GOOD = { kind: 'answers', version: 3, answers: { 'leader.name': '王伟', 'leader.email': 'unsure' } }

describe('what a form sends', () => {
  it('is read whole, and is not taken for a button', () => {
    expect(parseFormAnswers(GOOD)).toEqual(GOOD)
    expect(parsePayload(GOOD)).toBeUndefined()
    expect(parseFormAnswers({ kind: 'answer', question: 'a', version: 3, answer: 'b' })).toBeUndefined()
  })

  it.each([
    undefined,
    'answers',
    { ...GOOD, version: -1 },
    { ...GOOD, answers: ['a'] },
    { ...GOOD, answers: { 'leader.name': ['a', 'b'] } },
    { ...GOOD, answers: { '': 'a' } },
    { ...GOOD, answers: { a: 'x'.repeat(1001) } },
    { ...GOOD, answers: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`q${at}`, 'x'])) },
  ])('is refused where it is anything else: %j', (value) => {
    expect(parseFormAnswers(value)).toBeUndefined()
  })

  it('reaches no prototype', () => {
    const hostile: unknown = JSON.parse('{"kind":"answers","version":1,"answers":{"__proto__":"x"}}')
    const read = parseFormAnswers(hostile)
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
    expect(Object.getPrototypeOf(read?.answers ?? {})).toBe(Object.prototype)
  })
})
