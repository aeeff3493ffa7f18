import type { Language } from '../../language.ts'
import { momentInShanghai, plusDays, shanghaiDay } from '../../interview/following/working-days.ts'

/** When staff are there, by the clock of Shanghai (UTC+8 all year). Days: 1 Monday … 7 Sunday. Pure. */
export interface DeskHours {
  readonly days: readonly number[]
  /** Minutes of the day. */
  readonly from: number
  readonly to: number
}

/** Whether a day (ISO date) is a working day in the mainland: public holidays and the days that make up for them. */
export type IsWorkingDay = (day: string) => boolean

/** Longer than any holiday. */
const LOOK_AHEAD_DAYS = 30

export function isOpen(hours: DeskHours, now: Date, isWorkingDay: IsWorkingDay): boolean {
  const minute = minuteInShanghai(now)
  return opensOn(hours, shanghaiDay(now), isWorkingDay) && minute >= hours.from && minute < hours.to
}

/** The moment at which staff are there next; `now` where they are. Undefined where they never are. */
export function nextOpening(hours: DeskHours, now: Date, isWorkingDay: IsWorkingDay): Date | undefined {
  if (isOpen(hours, now, isWorkingDay)) return now
  const today = shanghaiDay(now)
  for (let ahead = minuteInShanghai(now) < hours.from ? 0 : 1; ahead <= LOOK_AHEAD_DAYS; ahead += 1) {
    const day = plusDays(today, ahead)
    if (opensOn(hours, day, isWorkingDay)) return momentInShanghai(day, clockOf(hours.from))
  }
  return undefined
}

/** A desk of Monday to Friday follows the calendar of holidays; one that works at weekends keeps its weekdays. */
function opensOn({ days }: DeskHours, day: string, isWorkingDay: IsWorkingDay): boolean {
  const weekday = weekdayOf(day)
  if (days.some((one) => one > 5)) return days.includes(weekday)
  // A Saturday or Sunday that makes up for a holiday counts as any of the desk's days.
  return isWorkingDay(day) && (weekday > 5 || days.includes(weekday))
}

function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

function minuteInShanghai(at: Date): number {
  const midnight = momentInShanghai(shanghaiDay(at))
  return Math.floor((at.getTime() - midnight.getTime()) / 60_000)
}

function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** As people read it: `Mon–Fri 09:00–18:00`. */
export function hoursText({ days, from, to }: DeskHours, language: Language): string {
  const name = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  // The first of January 2024 was a Monday.
  const [first, last] = [days[0], days.at(-1)].map((day) => name.format(Date.UTC(2024, 0, day)))
  return `${first === last ? first : `${first}–${last}`} ${clockOf(from)}–${clockOf(to)}`
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const PATTERN = /^([a-z]{3})(?:-([a-z]{3}))? (\d{2}):(\d{2})-(\d{2}):(\d{2})$/

/** Reads `mon-fri 09:00-18:00`. Undefined for anything else. */
export function readHours(text: string): DeskHours | undefined {
  const match = PATTERN.exec(text.trim().toLowerCase())
  if (!match) return undefined
  const first = WEEKDAYS.indexOf(match[1] ?? '')
  const last = match[2] === undefined ? first : WEEKDAYS.indexOf(match[2])
  const [from, to] = [minutes(match[3], match[4]), minutes(match[5], match[6])]
  if (first < 0 || last < first || !(from < to) || to > 24 * 60) return undefined
  return { days: WEEKDAYS.map((_, at) => at + 1).slice(first, last + 1), from, to }
}

function minutes(hours = '', rest = ''): number {
  return Number(rest) < 60 ? Number(hours) * 60 + Number(rest) : Number.NaN
}
