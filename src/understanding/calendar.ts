/** Calendar arithmetic on ISO dates, without time zones. */

export function isoDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1900 && year < 2200
  return exists ? date.toISOString().slice(0, 10) : undefined
}

export function isoMonth(year: number, month: number): string | undefined {
  return month >= 1 && month <= 12 ? isoDay(year, month, 1)?.slice(0, 7) : undefined
}

export function plusDays(iso: string, days: number): string {
  const date = new Date(`${iso}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** The same day so many months on, or the last day of a shorter month. */
export function plusMonths(iso: string, months: number): string {
  const { year, month, day } = partsOf(iso)
  const target = monthAt(year, month + months)
  return isoDay(target.year, target.month, Math.min(day, lastDay(target.year, target.month))) ?? iso
}

export function endOfMonth(year: number, month: number): string | undefined {
  const target = monthAt(year, month)
  return isoDay(target.year, target.month, lastDay(target.year, target.month))
}

/** Months counted past December: 2026-13 is January 2027. */
export function monthAt(year: number, month: number): { year: number; month: number } {
  const index = year * 12 + month - 1
  return { year: Math.floor(index / 12), month: (index % 12) + 1 }
}

export function partsOf(iso: string): { year: number; month: number; day: number } {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number)
  return { year, month, day }
}

/** Monday is 1, Sunday 7. */
export function weekday(iso: string): number {
  return new Date(`${iso}T00:00:00Z`).getUTCDay() || 7
}

function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
