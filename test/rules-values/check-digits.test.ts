import { describe, expect, it } from 'vitest'
import {
  creditCodeCheck,
  identityNumberCheck,
  organisationCodeCheck,
} from '../../src/rules/values/check-digits.ts'

/** Straight from the standards, so that the code's shortcuts can be checked against the tables printed there. */
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const IDENTITY_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

describe('check characters', () => {
  it('the weight of every place is the one of the standard', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    CREDIT_WEIGHTS.forEach((weight, at) => {
      const code = '0'.repeat(at) + '1' + '0'.repeat(16 - at)
      expect(creditCodeCheck(code)).toBe(alphabet[31 - weight])
    })
    IDENTITY_WEIGHTS.forEach((weight, at) => {
      const number = '0'.repeat(at) + '1' + '0'.repeat(16 - at)
      expect(identityNumberCheck(number)).toBe('10X98765432'[weight])
    })
  })

  it('agrees with the printed examples of the standards', () => {
    // GB 11643-1999, annex A: the two made-up numbers 11010519491231002X and 440524188001010014.
    expect(identityNumberCheck('11010519491231002')).toBe('X')
    expect(identityNumberCheck('44052418800101001')).toBe('4')
    // GB 11714-1997: the example code D2143569-X.
    expect(organisationCodeCheck('D2143569')).toBe('X')
    expect(organisationCodeCheck('00000000')).toBe('0')
  })

  it('has no answer for characters the code does not use', () => {
    expect(creditCodeCheck('9133010600000XYO0')).toBeUndefined()
    expect(organisationCodeCheck('0000-000')).toBeUndefined()
    expect(identityNumberCheck('1101051949123100')).toBeUndefined()
    expect(identityNumberCheck('1101051949123100X')).toBeUndefined()
  })
})
