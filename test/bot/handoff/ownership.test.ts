import { describe, expect, test } from 'vitest'
import { EVENTS, OWNERSHIP, STATES } from '../../../src/bot/handoff/ownership.ts'
import { isOpen, nextOpening, readHours } from '../../../src/bot/handoff/hours.ts'
import { isWorkingDay } from '../../../src/interview/following/working-days.ts'

/** Every cell once more, as a person reads it: state › event › state. What is not listed means nothing. */
const CELLS = `
bot ask queued
bot ask-away requested
requested ask queued
requested ask-away requested
requested staff-back queued
requested cancel bot
requested applicant-said requested
queued ask queued
queued ask-away queued
queued claim assigned
queued close closed
queued cancel bot
queued applicant-said queued
queued unclaimed queued
assigned ask assigned
assigned ask-away assigned
assigned transfer assigned
assigned release released
assigned close closed
assigned cancel released
assigned applicant-said assigned
assigned staff-said assigned
assigned applicant-silent assigned
assigned staff-silent assigned
released ask queued
released ask-away requested
released claim assigned
released close closed
released rate released
closed ask queued
closed ask-away requested
closed rate closed
`
  .trim()
  .split('\n')
  .map((line) => line.split(' '))

describe('the table of ownership', () => {
  test.each(STATES.flatMap((state) => EVENTS.map((event) => [state, event] as const)))(
    '%s › %s',
    (state, event) => {
      const expected = CELLS.find(([from, what]) => from === state && what === event)?.[2]
      expect(OWNERSHIP[state][event]?.to).toBe(expected)
    },
  )

  test('the bot is silent only where somebody has the conversation: every way out puts its question again', () => {
    for (const event of EVENTS) {
      const transition = OWNERSHIP.assigned[event]
      if (transition && transition.to !== 'assigned') expect(transition.effects).toContain('resume-bot')
    }
  })

  test('what is said is never dropped: it is kept and passed on in every state in which it is heard', () => {
    for (const state of STATES) {
      const said = OWNERSHIP[state]['applicant-said']
      if (said) expect(said.effects).toContain('keep')
      if (state === 'queued' || state === 'assigned') expect(said?.effects).toContain('forward-to-staff')
    }
  })
})

describe('hours', () => {
  const hours = readHours('mon-fri 09:00-18:00')!
  const at = (text: string) => new Date(`${text}+08:00`)

  test.each([
    ['2026-11-24T09:00', true],
    ['2026-11-24T08:59', false],
    ['2026-11-24T17:59', true],
    ['2026-11-24T18:00', false],
    ['2026-11-28T10:00', false], // Saturday
    ['2026-10-01T10:00', false], // National Day, a Thursday
  ])('%s is open: %s', (moment, open) => {
    expect(isOpen(hours, at(moment), isWorkingDay)).toBe(open)
  })

  test('the next opening leaps over weekends and holidays', () => {
    expect(nextOpening(hours, at('2026-11-27T18:30'), isWorkingDay)).toEqual(at('2026-11-30T09:00'))
    expect(nextOpening(hours, at('2026-11-24T07:00'), isWorkingDay)).toEqual(at('2026-11-24T09:00'))
    expect(nextOpening(hours, at('2026-09-30T19:00'), isWorkingDay)! > at('2026-10-04T00:00')).toBe(true)
  })

  test('a desk at weekends keeps its weekdays', () => {
    const always = readHours('mon-sun 00:00-24:00')!
    expect(isOpen(always, at('2026-10-01T03:00'), isWorkingDay)).toBe(true)
  })

  test.each([
    '',
    'mon',
    'mon-fri',
    'fri-mon 09:00-18:00',
    'mon-fri 18:00-09:00',
    'mon-fri 09:70-18:00',
    'mon-fri 9-18',
  ])('“%s” is not one', (text) => expect(readHours(text)).toBeUndefined())
})
