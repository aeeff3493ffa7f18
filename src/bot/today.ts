const SHANGHAI = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The day in Asia/Shanghai, as an ISO date: rules hold by the calendar of the authority. */
export function dayInShanghai(now: Date): string {
  return SHANGHAI.format(now)
}
