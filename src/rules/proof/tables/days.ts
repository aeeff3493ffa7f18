/** A stretch of days in which the same rows are in force, with one day of it to try. */
export interface Period {
  readonly day: string
  /** In words, for messages: "on any day", "until 2022-02-28", "from 2022-03-01". */
  readonly words: string
}

interface Dated {
  readonly from?: string | undefined
  readonly until?: string | undefined
}

/** The stretches between all the days on which something begins or ends. */
export function periodsOf(items: readonly Dated[]): readonly Period[] {
  const starts = [
    ...new Set(items.flatMap(({ from, until }) => [from, until === undefined ? undefined : shifted(until, 1)])),
  ]
    .filter((day) => day !== undefined)
    .sort()
  const [first] = starts
  if (first === undefined) return [{ day: '2020-01-01', words: 'on any day' }]
  const before = shifted(first, -1)
  return [{ day: before, words: `until ${before}` }, ...starts.map((day) => ({ day, words: `from ${day}` }))]
}

export function shifted(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}
