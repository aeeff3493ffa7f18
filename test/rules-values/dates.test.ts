import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageBand, ageOn, isDay, monthsLater, validityLeft } from '../../src/rules/values/dates.ts'

describe('days', () => {
  it('knows the calendar', () => {
    expect(['2024-02-29', '2000-02-29', '2026-12-31'].every(isDay)).toBe(true)
    expect(
      ['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-4-1', 'today', ''].some(
        isDay,
      ),
    ).toBe(false)
  })

  it('counts completed years', () => {
    expect(ageOn('2008-11-24', '2026-11-24')).toBe(18)
    expect(ageOn('2008-11-25', '2026-11-24')).toBe(17)
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(17)
    expect(ageOn('2008-02-29', '2026-03-01')).toBe(18)
    expect([15, 16, 17, 18].map(ageBand)).toEqual(['under-16', '16-17', '16-17', 'adult'])
  })

  it('counts what is left of a validity', () => {
    expect(validityLeft('2027-02-24', '2026-11-24')).toEqual({
      expired: false,
      days: 92,
      months: 3,
      withinThreeMonths: true,
    })
    expect(validityLeft('2027-02-25', '2026-11-24')).toEqual({
      expired: false,
      days: 93,
      months: 3,
      withinThreeMonths: false,
    })
    expect(validityLeft('2026-11-24', '2026-11-24')).toEqual({
      expired: false,
      days: 0,
      months: 0,
      withinThreeMonths: true,
    })
    expect(validityLeft('2026-11-23', '2026-11-24')).toEqual({
      expired: true,
      days: -1,
      months: 0,
      withinThreeMonths: true,
    })
    expect(validityLeft('2027-02-28', '2026-11-30')).toMatchObject({ months: 3, withinThreeMonths: true })
    expect(validityLeft('2026-02-30', '2026-11-24')).toBeUndefined()
    expect(validityLeft('long-term', '2026-11-24')).toBeUndefined()
  })

  it('months later stays within the month meant', () => {
    expect(monthsLater('2026-11-30', 3)).toBe('2027-02-28')
    expect(monthsLater('2026-12-31', 2)).toBe('2027-02-28')
    expect(monthsLater('2026-01-15', -1)).toBe('2025-12-15')
  })

  it('completed months never pass the last day', () => {
    const day = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(day, day, (until, asOf) => {
        const left = validityLeft(until, asOf)
        if (!left || left.expired) return
        expect(monthsLater(asOf, left.months) <= until).toBe(true)
        expect(monthsLater(asOf, left.months + 1) > until).toBe(true)
        if (left.withinThreeMonths) expect(left.months).toBeLessThanOrEqual(3)
      }),
    )
  })
})
