import { advance, stageOf, type Advance } from '../../../interview/following/transitions.ts'
import { nothingFollowed, type Following, type Milestone } from '../../../interview/following/milestones.ts'
import { shanghaiDay } from '../../../interview/following/working-days.ts'
import type { Block } from '../../../rendering/message.ts'
import { askAgain } from '../question.ts'
import { ended } from '../turn.ts'
import { deadlineBlocks, labelOf, nextActions, stepBlocks } from './blocks.ts'
import { saying, type FollowingResult, type FollowingTurn } from './kit.ts'
import { askNumber, takeNumber } from './number.ts'

/** Notes a step that was told, and says what follows from it; refuses one that cannot be, with the reason. */
export function tellMilestone(
  turn: FollowingTurn,
  milestone: Milestone,
  { date, number }: { readonly date?: string | undefined; readonly number?: string | undefined } = {},
): FollowingResult {
  const say = saying(turn)
  const current = turn.standing.case.following ?? nothingFollowed
  if (date !== undefined && date.length !== 10)
    return refuse(turn, say('not-a-day', { example: shanghaiDay(turn.now) }))
  const result = advance(current, milestone, reachedOn(turn, date), turn.asOf)
  if (!result.ok && result.problem === 'known' && milestone === 'approved' && number !== undefined)
    return takeNumber(turn, current, number, [])
  if (!result.ok) return refuse(turn, problemText(turn, milestone, result), nextActions(turn, current))
  const noted = notedBlock(turn, milestone, result.following)
  if (milestone === 'approved')
    return number === undefined
      ? askNumber(turn, result.following, [noted])
      : takeNumber(turn, result.following, number, [noted])
  if (milestone === 'rejected') return askReason(turn, result.following, [noted])
  return told(turn, milestone, result.following, [noted])
}

export function noteMilestone(turn: FollowingTurn, milestone: Milestone): Following | undefined {
  const current = turn.standing.case.following ?? nothingFollowed
  const result = advance(current, milestone, reachedOn(turn, undefined), turn.asOf)
  return result.ok ? result.following : undefined
}

function told(
  turn: FollowingTurn,
  milestone: Milestone,
  following: Following,
  noted: readonly Block[],
): FollowingResult {
  const blocks = [
    ...noted,
    ...deadlineBlocks(turn, following, milestone),
    ...smsBlocks(turn, milestone),
    ...stepBlocks(turn, milestone),
  ]
  const next = { ...turn.standing.case, following }
  return askAgain(turn, blocks, { case: next, actions: nextActions(turn, following) })
}

function askReason(turn: FollowingTurn, following: Following, noted: readonly Block[]): FollowingResult {
  const message = {
    language: turn.on.language,
    blocks: [
      ...noted,
      { kind: 'text', text: saying(turn)('ask-reason') } as const,
      ...stepBlocks(turn, 'rejected'),
    ],
  }
  return ended(turn, [message], {
    case: { ...turn.standing.case, following: { ...following, awaiting: 'reason' } },
  })
}

function notedBlock(turn: FollowingTurn, milestone: Milestone, { milestones }: Following): Block {
  const text = turn.kit.words.milestones[milestone].noted[turn.on.language]
  return { kind: 'text', tone: 'success', text: text.replace('{day}', milestones[milestone]?.on ?? '') }
}

/** Who has to answer the message, by the filing type. */
function smsBlocks({ on, resolution }: FollowingTurn, milestone: Milestone): readonly Block[] {
  if (milestone !== 'sms-due') return []
  return resolution.assessment.sms.recipients
    .filter(({ certain, result }) => certain && result !== 'nobody')
    .map((recipient) => ({ kind: 'text', text: recipient.text[on.language] }))
}

/** A step told without a day happens now; with another day, its hour is not known. */
function reachedOn({ now, asOf }: FollowingTurn, date: string | undefined) {
  const noted = now.toISOString()
  return date === undefined || date === asOf ? { on: asOf, at: noted, noted } : { on: date, noted }
}

function problemText(
  turn: FollowingTurn,
  milestone: Milestone,
  problem: Extract<Advance, { ok: false }>,
): string {
  const say = saying(turn)
  const label = labelOf(turn, milestone)
  switch (problem.problem) {
    case 'future':
      return say('future')
    case 'before':
      return say('before', { other: labelOf(turn, problem.other), day: problem.on })
    case 'known':
      return say('known', { day: problem.on })
    case 'not-now': {
      const { stage } = problem
      const text =
        stage === 'start'
          ? say('not-now-start', { milestone: label })
          : say('not-now', { milestone: label, stage: labelOf(turn, stage) })
      return opensTooEarly(turn, milestone) ? `${text} ${say('not-now-open')}` : text
    }
  }
}

/** The site must not be open before the number is issued, unless it was filed before. */
function opensTooEarly({ kit, resolution, standing }: FollowingTurn, milestone: Milestone): boolean {
  const type = resolution.assessment.filing.type
  const before = stageOf(standing.case.following?.milestones ?? {}) !== 'approved'
  return (
    milestone === 'site-opened' && before && (type === null || !kit.book.footer.openBefore.includes(type))
  )
}

function refuse(
  turn: FollowingTurn,
  text: string,
  actions = nextActions(turn, turn.standing.case.following ?? nothingFollowed),
): FollowingResult {
  return askAgain(turn, [{ kind: 'text', tone: 'notice', text }], { actions })
}
