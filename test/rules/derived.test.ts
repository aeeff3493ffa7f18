import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UNSURE, type Answers } from '../../src/rules/answers.ts'
import { assess } from '../../src/rules/assess/assess.ts'
import { withDerived } from '../../src/rules/assess/derived.ts'
import { book, PLAIN, TODAY } from './book.ts'

const NUMBER = (born: string) => `110101${born}0010`

describe('what follows from typed answers', () => {
  it.each([
    ['2026-11-23', 'expired'],
    ['2027-02-22', 'up-to-90-days'],
    ['2027-02-23', '91-to-180-days'],
    ['2027-05-24', 'over-180-days'],
  ])('a domain that expires on %s', (expiry, validity) => {
    expect(withDerived({ 'domain.expiry': expiry }, TODAY)['domain.validity']).toBe(validity)
  })

  it('the same expiry says something else on another day', () => {
    const answers: Answers = { ...PLAIN, 'domain.expiry': '2027-05-24' }
    const short = (asOf: string) =>
      assess(book, answers, asOf).domainRequirements.some(({ result }) => result === 'too-short')
    expect([short(TODAY), short('2027-05-01')]).toEqual([false, true])
  })

  it('an expiry left out leaves open what the default would hide', () => {
    expect(withDerived({ 'domain.expiry': UNSURE }, TODAY)['domain.validity']).toBe(UNSURE)
    expect(withDerived({ 'domain.expiry': UNSURE, 'domain.validity': 'expired' }, TODAY)['domain.validity']).toBe(
      'expired',
    )
  })

  it.each([
    ['20081124', 'adult'],
    ['20081125', '16-17'],
    ['20101125', 'under-16'],
  ])('who was born on %s', (born, age) => {
    const said = { 'leader.age': age === 'adult' ? 'under-16' : 'adult' }
    expect(withDerived({ ...said, 'leader.identity-number': NUMBER(born) }, TODAY)['leader.age']).toBe(age)
  })

  it.each([UNSURE, 'H1234567890', 'EC1234567', NUMBER('20261231'), NUMBER('20230230'), ''])(
    'the number "%s" tells no age: what was said holds',
    (number) => {
      const answers = { 'leader.age': '16-17', 'leader.identity-number': number }
      expect(withDerived(answers, TODAY)).toEqual(answers)
    },
  )

  it('an age that the number contradicts does not pass for old enough', () => {
    const answers: Answers = { ...PLAIN, 'entity.kind': 'individual', 'leader.age': 'adult' }
    expect(assess(book, answers, TODAY).leaderAge.result).toBe('accepted')
    const young = { ...answers, 'leader.identity-number': NUMBER('20120101') }
    expect(assess(book, young, TODAY).leaderAge.result).toBe('refused')
  })

  it('takes whatever stands there', () => {
    const junk = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant('2026-99-99'))
    fc.assert(
      fc.property(junk, junk, (expiry, number) => {
        const derived = withDerived({ 'domain.expiry': expiry, 'leader.identity-number': number }, TODAY)
        expect(derived).toMatchObject({ 'domain.expiry': expiry, 'leader.identity-number': number })
      }),
    )
  })
})
