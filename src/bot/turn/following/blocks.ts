import type { Deadline } from '../../../interview/following/deadlines.ts'
import { deadlinesOf, endOf } from '../../../interview/following/deadlines.ts'
import { MILESTONES, type Following, type Milestone } from '../../../interview/following/milestones.ts'
import { nextOf } from '../../../interview/following/transitions.ts'
import { quote } from '../../../rules/assess/statement.ts'
import { confidenceNote, sourceLines } from '../../../rendering/compose/context.ts'
import type { Action, Block, Statement } from '../../../rendering/message.ts'
import { saying, type FollowingTurn } from './kit.ts'

/** The key under which buttons of this part come back; no question of a dialog is called so. */
export const FOLLOWING_KEY = 'following'

/** What was told, each step with its day. */
export function timelineBlocks(turn: FollowingTurn, { milestones, number }: Following): readonly Block[] {
  const say = saying(turn)
  const rows = MILESTONES.flatMap((milestone) => {
    const reached = milestones[milestone]
    if (!reached) return []
    const value = milestone === 'approved' && number !== undefined ? `${reached.on} · ${number}` : reached.on
    return [{ label: labelOf(turn, milestone), value }]
  })
  if (rows.length === 0) return [{ kind: 'text', text: say('progress-none') }]
  return [{ kind: 'summary', title: say('progress-title'), rows }]
}

/** The deadlines that run; with `after`, only those that count from that step. */
export function deadlineBlocks(
  turn: FollowingTurn,
  { milestones }: Following,
  after?: Milestone,
): readonly Block[] {
  const running = deadlinesOf(turn.kit.book, milestones, turn.resolution.assessment).filter(
    (deadline) => after === undefined || deadline.after === after,
  )
  if (running.length === 0) return []
  const items = running.map((deadline) => deadlineItem(turn, deadline))
  return [{ kind: 'statements', title: saying(turn)('deadlines-title'), items }]
}

export function deadlineItem(turn: FollowingTurn, deadline: Deadline): Statement {
  const say = saying(turn)
  const notes = [
    ...(endOf(deadline) <= turn.now.getTime() ? [say('due-past')] : []),
    ...(deadline.moment === undefined ? [] : [say('counted-from-telling')]),
    ...(deadline.workingDays === undefined ? [] : [say('working-days', { count: deadline.workingDays })]),
    ...(deadline.unannounced === undefined
      ? []
      : [say('holidays-unannounced', { year: deadline.unannounced })]),
  ]
  return {
    id: deadline.id,
    text: dueText(turn, deadline),
    ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
    sources: sourceLines(quote(turn.brain.book, sourcesOf(turn, deadline.factIds))),
  }
}

/** Who has to do what by when, in one sentence or two. */
export function dueText(turn: FollowingTurn, { title, text, who, day, moment }: Deadline): string {
  const { language } = turn.on
  const say = saying(turn)
  const values = { title: title[language], text: text[language], who: say(`who-${who}`), day }
  return moment === undefined
    ? say('due-day', values)
    : say('due-moment', { ...values, time: clockOf(moment) })
}

/** What to know at a step, in the rules' own words. */
export function stepBlocks(turn: FollowingTurn, milestone: Milestone): readonly Block[] {
  const facts = (turn.kit.book.steps[milestone] ?? []).flatMap((id) => turn.brain.book.facts.get(id) ?? [])
  if (facts.length === 0) return []
  const items = facts.map((fact) => ({
    id: fact.id,
    text: fact.text[turn.on.language],
    ...(fact.note ? { note: fact.note[turn.on.language] } : {}),
    sources: sourceLines(quote(turn.brain.book, fact.sources)),
    ...confidenceNote(turn.on, fact.confidence),
  }))
  return [{ kind: 'statements', title: saying(turn)('good-to-know'), folded: items.length > 3, items }]
}

/** Buttons for what can be told next. */
export function nextActions(turn: FollowingTurn, { milestones }: Following): readonly Action[] {
  return nextOf(milestones).map((milestone) => ({
    label: labelOf(turn, milestone),
    payload: {
      kind: 'answer',
      question: FOLLOWING_KEY,
      version: turn.standing.case.revision,
      answer: milestone,
    },
  }))
}

export function labelOf({ kit, on }: FollowingTurn, milestone: Milestone): string {
  return kit.words.milestones[milestone].label[on.language]
}

function sourcesOf({ brain }: FollowingTurn, factIds: readonly string[]): readonly string[] {
  return [...new Set(factIds.flatMap((id) => brain.book.facts.get(id)?.sources ?? []))]
}

/** The time a clock in Shanghai shows. */
function clockOf(moment: string): string {
  return new Date(Date.parse(moment) + 8 * 3_600_000).toISOString().slice(11, 16)
}
