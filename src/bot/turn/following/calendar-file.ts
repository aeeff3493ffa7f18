import type { Case } from '../../../interview/case.ts'
import { calendar } from '../../../interview/following/calendar.ts'
import { deadlinesOf } from '../../../interview/following/deadlines.ts'
import type { Brain } from '../brain.ts'
import { newTalk } from '../standing.ts'
import type { FollowingKit } from './kit.ts'
import { turnAt } from './turn-at.ts'

export interface CalendarFile {
  readonly name: string
  readonly type: string
  readonly body: string
}

/** The deadlines of a case as a file for a calendar; undefined while none runs. */
export function calendarFile(
  brain: Brain,
  kit: FollowingKit,
  current: Case,
  now: Date,
): CalendarFile | undefined {
  const { resolution } = turnAt(brain, kit, { case: current, talk: newTalk }, now)
  const deadlines = deadlinesOf(kit.book, current.following?.milestones ?? {}, resolution.assessment)
  if (deadlines.length === 0) return undefined
  const { language, id } = current
  const { phrases } = kit.words
  const words = {
    name: phrases['calendar-name'][language],
    unannounced: phrases['holidays-unannounced'][language],
  }
  const body = calendar(deadlines, { caseId: id, language, now, words })
  return { name: 'icp-filing.ics', type: 'text/calendar; charset=utf-8', body }
}
