import type { Case } from '../../../interview/case.ts'
import { deadlinesOf } from '../../../interview/following/deadlines.ts'
import { remindersOf } from '../../../interview/following/reminders.ts'
import type { DueMessage } from '../../reminders.ts'
import type { Brain } from '../brain.ts'
import { newTalk } from '../standing.ts'
import { deadlineItem, dueText, nextActions } from './blocks.ts'
import { saying, type FollowingKit } from './kit.ts'
import { turnAt } from './turn-at.ts'

/** Every reminder of a case as it stands, with its words in the case's language; the earliest first. */
export function reminderMessages(
  brain: Brain,
  kit: FollowingKit,
  current: Case,
  now: Date,
): readonly DueMessage[] {
  const { following } = current
  if (!following) return []
  const turn = turnAt(brain, kit, { case: current, talk: newTalk }, now)
  const deadlines = deadlinesOf(kit.book, following.milestones, turn.resolution.assessment)
  return remindersOf(deadlines).map(({ id, due, deadline }) => {
    const phrase = deadline.who === 'applicant' ? 'reminder' : 'reminder-past'
    const { note, sources } = deadlineItem(turn, deadline)
    return {
      id,
      due,
      message: {
        language: current.language,
        blocks: [
          { kind: 'text', tone: 'notice', text: saying(turn)(phrase, { due: dueText(turn, deadline) }) },
          ...(note === undefined ? [] : [{ kind: 'text', text: note } as const]),
          ...(sources.length === 0
            ? []
            : [
                {
                  kind: 'statements',
                  folded: true,
                  items: [{ id: deadline.id, text: deadline.title[current.language], sources }],
                } as const,
              ]),
        ],
        actions: nextActions(turn, following),
      },
    }
  })
}
