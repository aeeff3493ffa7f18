import type { Text } from '../../language.ts'
import type { Assessment } from '../../rules/assess/assess.ts'
import type { Collected } from '../../rules/assess/collected.ts'
import type { FollowingBook, DeadlineRule, Remind } from './book.ts'
import { MILESTONES, type Milestone, type Milestones, type Reached } from './milestones.ts'
import { momentInShanghai, plusDays, shanghaiDay, workingDaysAfter } from './working-days.ts'

/** Something with an end: a duty of the applicant, or the time others may take. */
export interface Deadline {
  /** Stable within a case: with the case it names one entry of a calendar. */
  readonly id: string
  readonly after: Milestone
  readonly who: DeadlineRule['who']
  readonly title: Text
  readonly text: Text
  /** Last day, in Asia/Shanghai. */
  readonly day: string
  /** The moment of its end where it counts in hours; ISO 8601. */
  readonly moment: string | undefined
  /** Counted in working days. */
  readonly workingDays: number | undefined
  /** A year on the way whose public holidays are not announced yet: the end may be later. */
  readonly unannounced: number | undefined
  /** Row of a decision table behind it, where it is a duty. */
  readonly ruleId: string | undefined
  readonly factIds: readonly string[]
  readonly remind: readonly Remind[]
  /** When what it counts from was told. */
  readonly noted: string
}

/** Every deadline that runs, the earliest first. Pure: milestones and rules in, days out. */
export function deadlinesOf(
  book: FollowingBook,
  milestones: Milestones,
  assessment: Assessment,
): readonly Deadline[] {
  const waiting = book.deadlines.flatMap((rule) => waitingFor(rule, milestones))
  const duties = assessment.obligations.flatMap((duty) => dutyOf(book, duty, milestones))
  return [...waiting, ...duties].sort((a, b) => endOf(a) - endOf(b))
}

/** The moment a deadline is over; one that counts in days ends with its day. */
export function endOf({ day, moment }: Deadline): number {
  return moment === undefined ? momentInShanghai(plusDays(day, 1)).getTime() : Date.parse(moment)
}

function waitingFor(rule: DeadlineRule, milestones: Milestones): readonly Deadline[] {
  const from = latest(rule.after, milestones)
  if (!from || rule.ends.some((end) => milestones[end] !== undefined)) return []
  const { id, who, title, text, facts, remind } = rule
  const { milestone: after, reached } = from
  const base = {
    id,
    after,
    who,
    title,
    text,
    ruleId: undefined,
    factIds: facts,
    remind,
    noted: reached.noted,
  }
  if ('hours' in rule.within) {
    // Where the hour is not known the deadline is kept by counting from the day's beginning.
    const start = reached.at === undefined ? momentInShanghai(reached.on) : new Date(reached.at)
    const end = new Date(start.getTime() + rule.within.hours * 3_600_000)
    const day = shanghaiDay(end)
    return [{ ...base, day, moment: end.toISOString(), workingDays: undefined, unannounced: undefined }]
  }
  const { workingDays } = rule.within
  const { day, unannounced } = workingDaysAfter(reached.on, workingDays)
  return [{ ...base, day, moment: undefined, workingDays, unannounced }]
}

function dutyOf(book: FollowingBook, duty: Collected, milestones: Milestones): readonly Deadline[] {
  const after = MILESTONES.find((milestone) => milestone === duty.due?.after)
  const reached = after && milestones[after]
  if (!after || !reached || !duty.due || !duty.certain) return []
  const { ends = [], remind = [] } = book.duties[duty.result] ?? {}
  if (ends.some((end) => milestones[end] !== undefined)) return []
  const { days, workingDays } = duty.due
  const counted = workingDays
    ? workingDaysAfter(reached.on, days)
    : { day: plusDays(reached.on, days), unannounced: undefined }
  return [
    {
      id: duty.ruleId,
      after,
      who: 'applicant',
      title: duty.label,
      text: duty.text,
      moment: undefined,
      workingDays: workingDays ? days : undefined,
      ...counted,
      ruleId: duty.ruleId,
      factIds: duty.factIds,
      remind,
      noted: reached.noted,
    },
  ]
}

function latest(
  among: readonly Milestone[],
  milestones: Milestones,
): { milestone: Milestone; reached: Reached } | undefined {
  return among
    .flatMap((milestone) => {
      const reached = milestones[milestone]
      return reached ? [{ milestone, reached }] : []
    })
    .at(-1)
}
