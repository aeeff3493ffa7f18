/** Today in mainland China, as an ISO date: rules begin and end by its clock. */
export function todayInChina(now = new Date()): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
  return parts.format(now)
}
