import { describe, expect, it } from 'vitest'
import { assessed, book, plain, SOURCE_DAY, TODAY } from './book.ts'

const regions = [...book.provinces.keys()]
const required = (asOf: string) => regions.filter((region) => assessed(plain({ 'entity.province': region }), asOf).sms.required)

describe('SMS verification', () => {
  it.each([
    ['2017-12-17', 0],
    ['2017-12-18', 7],
    ['2018-09-10', 14],
    ['2018-09-24', 22],
    [SOURCE_DAY, 22],
    ['2020-08-16', 22],
    ['2020-08-17', 31],
    [TODAY, 31],
  ])('on %s it is required in %i regions', (day, count) => {
    expect(required(day)).toHaveLength(count)
  })

  it('says since when, with sources', () => {
    const { sms } = assessed(plain({ 'entity.province': 'CN-GD' }))
    expect(sms.since).toBe('2020-08-17')
    expect(sms.sources.length).toBeGreaterThan(0)
  })

  it('is open while the region is open and regions differ on that day', () => {
    const open = plain({ 'entity.province': 'unsure' })
    expect(assessed(open, SOURCE_DAY).sms.required).toBeNull()
    expect(assessed(open, TODAY).sms.required).toBe(true)
  })

  it('nobody receives one where nothing is filed', () => {
    const { sms } = assessed(plain({ 'server.region': 'outside-mainland' }))
    expect(sms.required).toBe(false)
    expect(sms.recipients.map(({ result }) => result)).toEqual(['nobody'])
  })

  it('a first filing concerns the leader, a further website the administrator only', () => {
    const recipients = (answers: ReturnType<typeof plain>) => assessed(answers).sms.recipients.map(({ result }) => result)
    expect(recipients(plain())).toEqual(['leader-and-administrator'])
    expect(recipients(plain({ 'entity.filing': 'elsewhere' }))).toEqual(['administrator'])
  })
})
