import days from 'chinese-days'

/** A day that was counted to, and whether the holidays on the way there are all known. */
export interface Counted {
  readonly day: string
  /** A year on the way whose public holidays are not announced: only its weekends were left out. */
  readonly unannounced: number | undefined
}

/** The so-manieth working day after a day, by the public holidays and make-up days of the State Council. */
export function workingDaysAfter(day: string, count: number): Counted {
  let current = day
  for (let left = count; left > 0;) {
    current = plusDays(current, 1)
    if (days.isWorkday(current)) left -= 1
  }
  return { day: current, unannounced: firstUnannounced(day, current) }
}

/** Whether people work on that day in the mainland: by public holidays and the days that make up for them. */
export function isWorkingDay(day: string): boolean {
  return days.isWorkday(day)
}

export function plusDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + count)
  return date.toISOString().slice(0, 10)
}

/** The moment at which a clock in Shanghai shows this; the city has had no summer time since 1991. */
export function momentInShanghai(day: string, time = '00:00'): Date {
  return new Date(`${day}T${time}:00+08:00`)
}

export function shanghaiDay(moment: Date): string {
  return new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}

function firstUnannounced(from: string, to: string): number | undefined {
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1)
    if (!isAnnounced(year)) return year
  return undefined
}

/** Holidays are announced a year at a time, in the autumn before; the package names those of announced years only. */
function isAnnounced(year: number): boolean {
  return days.getHolidaysInRange(`${year}-10-01`, `${year}-10-01`, false).length > 0
}
