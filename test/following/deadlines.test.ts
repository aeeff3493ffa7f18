import { describe, expect, it } from 'vitest'
import { deadlinesOf } from '../../src/interview/following/deadlines.ts'
import {
  MILESTONES,
  nothingFollowed,
  type Following,
  type Milestone,
} from '../../src/interview/following/milestones.ts'
import { remindersOf } from '../../src/interview/following/reminders.ts'
import { advance, nextOf, retract, stageOf } from '../../src/interview/following/transitions.ts'
import { workingDaysAfter } from '../../src/interview/following/working-days.ts'
import { caseSchema, newCase } from '../../src/interview/case.ts'
import { brain } from '../support/brain.ts'
import { book, reached } from './support.ts'
import { completed, Conversation, hangzhou } from './talk.ts'

const assessment = new Conversation('en', completed(hangzhou)).turn().resolution.assessment
const days = (following: Following) =>
  Object.fromEntries(deadlinesOf(book, following.milestones, assessment).map(({ id, day }) => [id, day]))

describe('working days', () => {
  it.each([
    // National Day 2026: 1 to 7 October off, Saturday 10 October worked.
    ['2026-09-30', 1, '2026-10-08', undefined],
    ['2026-10-08', 2, '2026-10-10', undefined],
    ['2026-11-20', 1, '2026-11-23', undefined],
    ['2026-11-24', 20, '2026-12-22', undefined],
    ['2026-12-10', 20, '2027-01-07', 2027],
    ['2026-11-24', 0, '2026-11-24', undefined],
  ])('%s and %i more', (from, count, day, unannounced) => {
    expect(workingDaysAfter(from, count)).toEqual({ day, unannounced })
  })
})

describe('deadlines', () => {
  it('follow from the milestones, and from nothing else', () => {
    expect(days(nothingFollowed)).toEqual({})
    expect(days(reached(['submitted', '2026-11-24']))).toEqual({ 'provider-review': '2026-11-27' })
    expect(days(reached(['submitted', '2026-11-24'], ['provider-review', '2026-11-25']))).toEqual({
      'provider-review': '2026-11-30',
    })
    expect(days(reached(['submitted', '2026-11-24'], ['corrections-asked', '2026-11-25']))).toEqual({})
    expect(days(reached(['submitted', '2026-11-24'], ['administration-review', '2026-11-26']))).toEqual({
      'administration-review': '2026-12-24',
    })
    expect(days(reached(['submitted', '2026-11-24'], ['approved', '2026-12-10']))).toEqual({})
  })

  it('after opening count from there, and end with what was done', () => {
    const open = reached(['approved', '2026-12-10'], ['site-opened', '2026-12-11'])
    expect(days(open)).toEqual({
      'obligations.footer-number': '2026-12-11',
      'obligations.public-security-filing': '2027-01-10',
    })
    const done = reached(
      ['approved', '2026-12-10'],
      ['site-opened', '2026-12-11'],
      ['footer-shown', '2026-12-11'],
      ['public-security-filed', '2026-12-20'],
      ['public-security-approved', '2026-12-28'],
    )
    expect(days(done)).toEqual({ 'obligations.public-security-badge': '2027-01-27' })
    expect(
      days({ milestones: { ...done.milestones, ...reached(['badge-shown', '2026-12-30']).milestones } }),
    ).toEqual({})
  })

  it('in hours count from the moment, or from the day where only that is known', () => {
    const exact = {
      'sms-due': { on: '2026-11-24', at: '2026-11-24T08:30:00.000Z', noted: '2026-11-24T08:30:00.000Z' },
    }
    expect(deadlinesOf(book, exact, assessment)).toMatchObject([
      { moment: '2026-11-25T08:30:00.000Z', day: '2026-11-25' },
    ])
    const vague = reached(['sms-due', '2026-11-24']).milestones
    expect(deadlinesOf(book, vague, assessment)).toMatchObject([
      { moment: '2026-11-24T16:00:00.000Z', day: '2026-11-25' },
    ])
  })

  it('cite facts and rules that are there', () => {
    const all = [
      reached(['submitted', '2026-11-24']),
      reached(['sms-due', '2026-11-24']),
      reached(['administration-review', '2026-11-24']),
      reached(
        ['approved', '2026-11-24'],
        ['site-opened', '2026-11-24'],
        ['public-security-approved', '2026-11-24'],
      ),
    ].flatMap(({ milestones }) => deadlinesOf(book, milestones, assessment))
    const rows = new Set([...brain.book.tables.values()].flatMap(({ rows }) => rows.map(({ id }) => id)))
    for (const { factIds, ruleId } of all) {
      expect(factIds.filter((id) => !brain.book.facts.has(id))).toEqual([])
      expect(factIds.length).toBeGreaterThan(0)
      if (ruleId !== undefined) expect(rows).toContain(ruleId)
    }
  })

  it('have no reminder for a time before they were told', () => {
    const late = {
      milestones: {
        approved: { on: '2026-11-01', noted: '2026-11-24T02:00:00.000Z' },
        'site-opened': { on: '2026-11-01', noted: '2026-11-24T02:00:00.000Z' },
      },
    }
    const ids = remindersOf(deadlinesOf(book, late.milestones, assessment)).map(({ id }) => id)
    expect(ids).toEqual([
      'obligations.public-security-filing:2026-12-01:3d',
      'obligations.public-security-filing:2026-12-01:0d',
    ])
  })
})

describe('milestones', () => {
  const day = (at: number) => new Date(Date.UTC(2026, 10, at + 1)).toISOString().slice(0, 10)
  const on = (at: number) => ({ on: day(at), noted: `${day(at)}T04:00:00.000Z` })

  it('told in any order never leave the table, and can all be taken back', () => {
    let seed = 7
    const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below
    for (let walk = 0; walk < 60; walk += 1) {
      let following: Following = nothingFollowed
      for (let at = 0; at < 25; at += 1) {
        const milestone = MILESTONES[random(MILESTONES.length)]!
        const possible = nextOf(following.milestones)
        const result = advance(following, milestone, on(at), '2027-12-31')
        expect(result.ok || !possible.includes(milestone)).toBe(true)
        if (result.ok) following = result.following
        if (result.ok) expect(following.milestones[milestone]?.on).toBe(day(at))
        expect(() => deadlinesOf(book, following.milestones, assessment)).not.toThrow()
        expect(caseSchema.safeParse({ ...newCase('c', 'en', new Date(0)), following }).success).toBe(true)
      }
      while (Object.keys(following.milestones).length > 0) following = retract(following)!.following
      expect(retract(following)).toBeUndefined()
    }
  })

  it('start a new round where the order is handed in again', () => {
    const before = reached(
      ['submitted', '2026-11-01'],
      ['sms-due', '2026-11-02'],
      ['administration-review', '2026-11-03'],
      ['rejected', '2026-11-10'],
    )
    const result = advance(
      before,
      'submitted',
      { on: '2026-11-12', noted: '2026-11-12T04:00:00.000Z' },
      '2026-11-12',
    )
    expect(result.ok && Object.keys(result.following.milestones)).toEqual(['submitted'])
    expect(advance(before, 'submitted', { on: '2026-11-09', noted: '' }, '2026-11-12')).toMatchObject({
      problem: 'before',
      other: 'rejected',
    })
  })

  it('go back where the order goes back', () => {
    const before = reached(['submitted', '2026-11-01'], ['sms-due', '2026-11-02'])
    const result = advance(
      before,
      'corrections-asked',
      { on: '2026-11-04', noted: '2026-11-04T04:00:00.000Z' },
      '2026-11-12',
    )
    expect(result.ok && stageOf(result.following.milestones)).toBe('corrections-asked')
  })

  it('of a case from before there were any are none', () => {
    expect(caseSchema.parse(newCase('c', 'en', new Date(0))).following).toBeUndefined()
  })

  it('every one can be reached', () => {
    const found = new Set<Milestone>()
    const open = [nothingFollowed]
    for (let following = open.pop(); following; following = open.pop())
      for (const milestone of nextOf(following.milestones)) {
        if (found.has(milestone)) continue
        const result = advance(following, milestone, on(found.size), '2027-12-31')
        if (result.ok) open.push(result.following)
        found.add(milestone)
      }
    expect([...found].toSorted()).toEqual([...MILESTONES].toSorted())
  })
})
