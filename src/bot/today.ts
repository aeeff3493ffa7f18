const SHANGHAI = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** No day in Shanghai begins within a quarter of an hour counted from 1970: its offset is a whole number of them. */
const QUARTER_MS = 15 * 60_000
let last = { quarter: NaN, day: '' }

/** The day in Asia/Shanghai, as an ISO date: rules hold by the calendar of the authority. */
export function dayInShanghai(now: Date): string {
  const quarter = Math.floor(now.getTime() / QUARTER_MS)
  if (quarter !== last.quarter) last = { quarter, day: SHANGHAI.format(now) }
  return last.day
}
