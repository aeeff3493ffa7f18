import type { Remind } from './book.ts'
import { endOf, type Deadline } from './deadlines.ts'
import { momentInShanghai, plusDays } from './working-days.ts'

/** One message that goes out once, at a time that follows from its deadline. */
export interface Reminder {
  /** Another day for the deadline makes another reminder; the same day is the same. */
  readonly id: string
  /** Epoch milliseconds. */
  readonly due: number
  readonly deadline: Deadline
}

const HOUR_OF_DAY = '09:00'

/**
 * All reminders of the deadlines that run, the earliest first. A time that had passed when the milestone was
 * told is left out: the answer to the telling has said what is due.
 */
export function remindersOf(deadlines: readonly Deadline[]): readonly Reminder[] {
  return deadlines
    .flatMap((deadline) =>
      deadline.remind.map((remind) => ({
        id: `${deadline.id}:${deadline.moment ?? deadline.day}:${nameOf(remind)}`,
        due: timeOf(remind, deadline),
        deadline,
      })),
    )
    .filter(({ due, deadline }) => due > Date.parse(deadline.noted))
    .sort((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1))
}

function timeOf(remind: Remind, deadline: Deadline): number {
  if ('hours' in remind) return endOf(deadline) - remind.hours * 3_600_000
  return momentInShanghai(plusDays(deadline.day, -remind.days), HOUR_OF_DAY).getTime()
}

function nameOf(remind: Remind): string {
  return 'hours' in remind ? `${remind.hours}h` : `${remind.days}d`
}
