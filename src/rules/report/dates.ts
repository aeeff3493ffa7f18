/** Dates as sources bear them: `2019-09-20 (repo head)`, `c. 2021-23`, `2025-12-31 / 2026-05-19`, `undated`. */
const DATE = /(?<!\d)(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?!\d)/g

/** The newest date named, or `undated`. */
export function newestDate(dates: readonly string[]): string {
  const found = dates.flatMap((date) => date.match(DATE) ?? [])
  return found.reduce((newest, date) => (lastDay(date) > lastDay(newest) ? date : newest), found[0] ?? 'undated')
}

/** The oldest year named; undefined as soon as one source bears no date, since that one may be older. */
export function oldestYear(dates: readonly string[]): string | undefined {
  const years = dates.map((date) => date.match(DATE)?.map((found) => found.slice(0, 4)).sort()[0])
  if (years.some((year) => year === undefined)) return undefined
  return years.flatMap((year) => year ?? []).sort()[0]
}

/** Last day (ISO) that a year, month or day may mean; an empty text for `undated`. */
export function lastDay(date: string): string {
  const [year, month, day] = date.split('-')
  if (year === undefined || !/^\d{4}$/.test(year)) return ''
  if (month === undefined) return `${year}-12-31`
  if (day !== undefined) return date
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  return `${year}-${month}-${String(last).padStart(2, '0')}`
}

/** First day (ISO) that a year, month or day may mean; an empty text for `undated`. */
export function firstDay(date: string): string {
  const [year, month, day] = date.split('-')
  if (year === undefined || !/^\d{4}$/.test(year)) return ''
  return `${year}-${month ?? '01'}-${day ?? '01'}`
}
