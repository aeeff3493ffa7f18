const DAY = 86_400_000

/**
 * The value of `domain.validity` for a domain that expires on a day, as seen on another (ISO dates). The last
 * day of validity counts; the rule asks for *more than* 90 or 180 days. Throws RangeError for what is no date.
 */
export function domainValidity(expires: string, asOf: string): string {
  const left = Math.round((dayOf(expires) - dayOf(asOf)) / DAY)
  if (left < 0) return 'expired'
  if (left <= 90) return 'up-to-90-days'
  return left <= 180 ? '91-to-180-days' : 'over-180-days'
}

function dayOf(date: string): number {
  const time = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(time)) throw new RangeError(`"${date}" is not an ISO date such as 2026-11-24`)
  return time
}
