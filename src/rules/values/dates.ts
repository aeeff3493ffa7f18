/** Days as ISO 8601 dates; every function is pure and takes the day to count from. */

/** Whether year, month and day name a day of the calendar. */
export function isDay(date: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** Completed years of age. Who is born on 29 February turns a year older on 1 March of common years. */
export function ageOn(birthDate: string, asOf: string): number {
  const years = Number(asOf.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return asOf.slice(5) < birthDate.slice(5) ? years - 1 : years
}

/** The values of the answer key `leader.age` (fact person.age). */
export type AgeBand = 'adult' | '16-17' | 'under-16'

export function ageBand(age: number): AgeBand {
  if (age >= 18) return 'adult'
  return age >= 16 ? '16-17' : 'under-16'
}

/** How long something is still valid. */
export interface ValidityLeft {
  readonly expired: boolean
  /** Days from `asOf` to the last day; negative when past. */
  readonly days: number
  /** Completed calendar months; 0 when expired. */
  readonly months: number
  /** No more than three months left, or past: too short for an identity card (fact person.id.validity). */
  readonly withinThreeMonths: boolean
}

/** `until` is the last day of validity. Undefined unless both are days of the calendar. */
export function validityLeft(until: string, asOf: string): ValidityLeft | undefined {
  if (!isDay(until) || !isDay(asOf)) return undefined
  const days = dayNumber(until) - dayNumber(asOf)
  return {
    expired: days < 0,
    days,
    months: days < 0 ? 0 : monthsBetween(asOf, until),
    withinThreeMonths: until <= monthsLater(asOf, 3),
  }
}

/** The same day so many months later, or the last day of a shorter month. */
export function monthsLater(date: string, months: number): string {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1]
  const day = Math.min(Number(date.slice(8)), daysInMonth(year, month))
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

function monthsBetween(from: string, to: string): number {
  const months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
  return monthsLater(from, months) > to ? months - 1 : months
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
}

function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
