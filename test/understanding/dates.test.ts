import { describe, expect, it } from 'vitest'
import { readDate } from '../../src/understanding/dates.ts'
import { CAP, readNumber } from '../../src/understanding/numbers.ts'
import { BAD_INPUT } from './support.ts'

const TODAY = '2026-11-24'

describe('dates', () => {
  it.each([
    ['三个月后', '2027-02-24'],
    ['半年后', '2027-05-24'],
    ['下个月5号', '2026-12-05'],
    ['月底', '2026-11-30'],
    ['三月底', '2027-03-31'],
    ['二零二六年十二月三日', '2026-12-03'],
    ['下下周一', '2026-12-07'],
    ['next March', '2027-03'],
    ['in half a year', '2027-05-24'],
    ['March 1st 2027', '2027-03-01'],
    ['5th of next month', '2026-12-05'],
    ['2027.1.15', '2027-01-15'],
    ['昨天', '2026-11-23'],
    ['大前天', '2026-11-21'],
    ['三天前', '2026-11-21'],
    ['两周前', '2026-11-10'],
    ['一个月前', '2026-10-24'],
    ['上周三', '2026-11-18'],
    ['last Monday', '2026-11-16'],
    ['three days ago', '2026-11-21'],
    ['two weeks ago', '2026-11-10'],
    ['the day before yesterday', '2026-11-22'],
  ])('%s', (text, value) => {
    expect(readDate(text, TODAY)?.value).toBe(value)
  })

  it.each(['2月30日', '30 February 2027', 'next week', '不知道', '2026年13月'])('%s is no day', (text) => {
    expect(readDate(text, TODAY)).toBeUndefined()
  })

  it('gives back the words as typed', () => {
    expect(readDate('Expires on April 9, 2028.', TODAY)?.said).toBe('April 9, 2028')
  })

  it('keeps to the end of a shorter month', () => {
    expect(readDate('一个月后', '2027-01-31')?.value).toBe('2027-02-28')
  })
})

describe('numbers', () => {
  it.each([
    ['三个', 3],
    ['二十三', 23],
    ['3万', 30_000],
    ['1,200', 1200],
    ['twelve websites', 12],
  ])('%s', (text, value) => {
    expect(readNumber(text)?.value).toBe(value)
  })

  it.each(['一下', '万一', '十几个', 'none', '3个或5个'])('%s is none', (text) => {
    expect(readNumber(text)).toBeUndefined()
  })
})

it('never gives a recogniser more than its cap', () => {
  expect(CAP).toBeLessThanOrEqual(200)
  for (const text of BAD_INPUT) {
    expect(readDate(text, TODAY)?.said.length ?? 0).toBeLessThanOrEqual(CAP)
    expect(readNumber(text)?.said.length ?? 0).toBeLessThanOrEqual(CAP)
  }
})
