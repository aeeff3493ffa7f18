import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditCodeCheck, identityNumberCheck } from '../../src/rules/values/check-digits.ts'
import { creditCode } from '../../src/rules/values/credit-code.ts'
import { residentId } from '../../src/rules/values/resident-id.ts'
import { TEXT_LIMIT } from '../../src/rules/values/tidy.ts'
import { VALIDATORS, type ValueKind } from '../../src/rules/values/validators.ts'
import { creditCodeOf, idNumber } from './corpus.ts'
import { context } from './support.ts'

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const kinds = Object.keys(VALIDATORS) as ValueKind[]
const letters = fc
  .array(fc.constantFrom(...ALPHABET), { minLength: 8, maxLength: 8 })
  .map((list) => list.join(''))
const codes = letters
  .map((body) => creditCodeOf(`91330100${body}`))
  .filter((code) => creditCodeCheck(code.slice(0, 17)) === code[17])
const birthdays = fc
  .date({ min: new Date('1930-01-01'), max: new Date('2008-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''))
const ids = fc
  .tuple(fc.constantFrom('110101', '330106', '440305', '650102'), birthdays, fc.integer({ min: 0, max: 999 }))
  .map(([region, birthday, serial]) => idNumber(`${region}${birthday}${String(serial).padStart(3, '0')}`))

describe('check characters', () => {
  it('any single wrong character of a credit code is found', () => {
    fc.assert(
      fc.property(codes, fc.nat(17), fc.constantFrom(...ALPHABET), (code, at, other) => {
        const changed = code.slice(0, at) + other + code.slice(at + 1)
        expect(creditCode(code, context()).ok).toBe(true)
        expect(creditCode(changed, context()).ok).toBe(changed === code)
      }),
    )
  })

  it('any single wrong digit of an identity number is found', () => {
    fc.assert(
      fc.property(ids, fc.nat(16), fc.constantFrom(...'0123456789'), (number, at, other) => {
        const changed = number.slice(0, at) + other + number.slice(at + 1)
        expect(residentId(number, context()).ok).toBe(true)
        expect(residentId(changed, context()).ok).toBe(changed === number)
        expect(identityNumberCheck(changed.slice(0, 17)) === number[17]).toBe(changed === number)
      }),
    )
  })

  it('a suggested credit code always passes the check', () => {
    fc.assert(
      fc.property(
        codes,
        fc.nat(17),
        fc.constantFrom('O', 'I', 'Z', 'S', 'V', 'L', 'B', 'Q'),
        (code, at, other) => {
          const result = creditCode(code.slice(0, at) + other + code.slice(at + 1), context())
          const suggestion = result.ok ? undefined : result.details.suggestion
          if (typeof suggestion === 'string')
            expect(creditCode(suggestion, context())).toMatchObject({ ok: true, value: suggestion })
        },
      ),
    )
  })
})

describe('personal data', () => {
  const sensitive = [
    'resident-id',
    'residence-permit',
    'permanent-residence',
    'passport',
    'hk-macau-permit',
    'taiwan-permit',
    'mobile',
  ] as const
  const numbers = fc.oneof(
    ids,
    fc.string({ unit: fc.constantFrom(...'0123456789HMX'), minLength: 6, maxLength: 20 }),
  )

  it.each(sensitive)('%s never repeats the number in what it says', (kind) => {
    fc.assert(
      fc.property(numbers, (number) => {
        const result = VALIDATORS[kind](number, context({ province: 'CN-GD', residency: 'mainland' }))
        const details = result.ok ? result.notes.map((note) => note.details) : [result.details]
        const said = JSON.stringify(result.ok || result.problem !== 'phone.service' ? details : [])
        expect(said).not.toMatch(/[0-9HMX]{6}/)
      }),
    )
  })
})

describe('any text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.string({
      unit: fc.constantFrom(...'0123456789Xx@.:-/ 京浙ICP备证号公网安-1A省市区（）'),
      maxLength: 120,
    }),
  )

  it.each(kinds)('%s never throws, and accepts its own canonical value', (kind) => {
    fc.assert(
      fc.property(texts, (text) => {
        const result = VALIDATORS[kind](text, context({ province: 'CN-ZJ' }))
        if (!result.ok) return
        expect(result.value.length).toBeGreaterThan(0)
        expect(VALIDATORS[kind](result.value, context({ province: 'CN-ZJ' }))).toMatchObject({
          ok: true,
          value: result.value,
        })
      }),
      { numRuns: 300 },
    )
  })

  it.each(kinds)('%s refuses 20 kB unread, and reads the longest text that is let in', (kind) => {
    for (const unit of [
      '1',
      '京',
      '1 ',
      'a@',
      '1.',
      ':',
      '-',
      'A1',
      '\u200b',
      '\ufdfa',
      '💩',
      'x://',
      '浙ICP备1',
      '(',
      '省市',
    ]) {
      const long = unit.repeat(Math.ceil(20_000 / unit.length))
      expect(VALIDATORS[kind](long, context())).toEqual({
        ok: false,
        problem: 'too-long',
        details: { limit: String(TEXT_LIMIT) },
      })
      const most = long.slice(0, TEXT_LIMIT)
      expect(typeof VALIDATORS[kind](most, context({ province: 'CN-ZJ' })).ok).toBe('boolean')
    }
  })

  it.each(kinds)('%s is not disturbed by full width and invisible characters', (kind) => {
    const value: Partial<Record<ValueKind, string>> = {
      mobile: '13800138000',
      'credit-code': creditCodeOf('9133010000000XY0'),
      'resident-id': idNumber('33010619900307000'),
      email: 'name@example.com',
      domain: 'example.com',
      'ip-addresses': '47.96.1.1',
      'icp-service-number': '浙ICP备12345678号-1',
    }
    const plain = value[kind]
    if (plain === undefined) return
    const wide = plain.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
    const hidden = [...plain].join('\u200b')
    for (const text of [wide, hidden, `\ufeff${plain}\u202e`, `“${plain}”。`])
      expect(VALIDATORS[kind](text, context()), text).toMatchObject({ ok: true, value: plain })
  })
})
