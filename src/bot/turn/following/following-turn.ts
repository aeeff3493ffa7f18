import { MILESTONES, nothingFollowed, type Following } from '../../../interview/following/milestones.ts'
import { retract, stageOf } from '../../../interview/following/transitions.ts'
import type { Meaning } from '../meaning.ts'
import { askAgain } from '../question.ts'
import { ended, type Incoming, type Turn } from '../turn.ts'
import { deadlineBlocks, FOLLOWING_KEY, labelOf, nextActions, timelineBlocks } from './blocks.ts'
import { saying, type FollowingKit, type FollowingResult, type FollowingTurn } from './kit.ts'
import { snippetBlocks, takeNumber } from './number.ts'
import { readTold, type Told } from './read-told.ts'
import { looksReturned, takeReason } from './reason.ts'
import { tellMilestone } from './tell.ts'
import type { FollowingCommand } from './words.ts'

/**
 * The part of a turn that is about the time after submission; undefined where the message is about something
 * else. Pure. `meaning` is what the interview makes of the message: it comes first as long as nothing was told.
 */
export function followingTurn(
  kit: FollowingKit,
  turn: Turn,
  incoming: Incoming,
  meaning: Meaning['kind'],
  now: Date,
): FollowingResult | undefined {
  const following: FollowingTurn = { ...turn, kit, now }
  if (incoming.kind === 'payload') return pressed(following, incoming)
  if (incoming.kind !== 'text' || meaning === 'confirmed') return undefined
  return said(following, incoming.text, meaning)
}

function pressed(
  turn: FollowingTurn,
  { payload }: Extract<Incoming, { kind: 'payload' }>,
): FollowingResult | undefined {
  if (payload.kind !== 'answer' || payload.question !== FOLLOWING_KEY) return undefined
  const milestone = MILESTONES.find((known) => known === payload.answer)
  return milestone && tellMilestone(turn, milestone)
}

function said(turn: FollowingTurn, text: string, meaning: Meaning['kind']): FollowingResult | undefined {
  const current = turn.standing.case.following
  const begun = current !== undefined && stageOf(current.milestones) !== 'start'
  const told = readTold(turn.kit.words, text, turn.asOf)
  const free = !TAKEN.includes(meaning)
  // "Progress" is a command of the interview too: the timeline is shown once there is one.
  if (told?.kind === 'command' && (free || begun)) return runFollowing(turn, told.command)
  if (meaning === 'command') return undefined
  if (told && told.kind !== 'command' && (free || begun)) return takeTold(turn, told)
  // A reviewer's sentence may hold a word that answers what is asked; what was typed into a field is left alone.
  const chosen = meaning === 'answer' && turn.resolution.open?.question.field === undefined
  const reason =
    current?.awaiting === 'reason' ||
    ((free || chosen) && (meaning !== 'question' || begun) && !asks(turn, text))
  if (reason && looksReturned(turn, text)) return takeReason(turn, text)
  return free ? takeNumberAsked(turn, text) : undefined
}

/** What the interview is sure of; the rest it only makes the best of. */
const TAKEN: readonly Meaning['kind'][] = [
  'answer',
  'command',
  'confirmed',
  'old-button',
  'empty',
  'hello',
  'attachment',
]

function asks({ kit }: FollowingTurn, text: string): boolean {
  return kit.words.questions.some((ending) => text.trim().endsWith(ending))
}

function takeTold(
  turn: FollowingTurn,
  told: Exclude<Told, { kind: 'command' }>,
): FollowingResult | undefined {
  if (told.kind === 'milestone') return tellMilestone(turn, told.milestone, told)
  const following = turn.standing.case.following ?? nothingFollowed
  const stage = stageOf(following.milestones)
  if (stage === 'approved') return takeNumber(turn, following, told.number, [])
  return stage === 'start' ? undefined : tellMilestone(turn, 'approved', { number: told.number })
}

/** A number is waited for, and this is none that could be found: its check says what is wrong with it. */
function takeNumberAsked(turn: FollowingTurn, text: string): FollowingResult | undefined {
  const { following } = turn.standing.case
  if (following?.awaiting !== 'number' || !/\d{5}|icp/i.test(text)) return undefined
  return takeNumber(turn, following, text, [])
}

function runFollowing(turn: FollowingTurn, command: FollowingCommand): FollowingResult {
  const say = saying(turn)
  const following = turn.standing.case.following ?? nothingFollowed
  const actions = nextActions(turn, following)
  switch (command) {
    case 'progress':
      return askAgain(turn, [...timelineBlocks(turn, following), ...deadlineBlocks(turn, following)], {
        actions,
      })
    case 'calendar': {
      const blocks = deadlineBlocks(turn, following)
      return askAgain(turn, blocks.length > 0 ? blocks : [{ kind: 'text', text: say('calendar-none') }], {
        actions,
      })
    }
    case 'snippet':
      return askAgain(
        turn,
        following.number === undefined
          ? [{ kind: 'text', tone: 'notice', text: say('number-needed') }]
          : snippetBlocks(turn, following.number),
        { actions },
      )
    case 'check':
      return following.number === undefined
        ? askAgain(turn, [{ kind: 'text', tone: 'notice', text: say('number-needed') }], { actions })
        : waitFor(turn, { ...following, awaiting: 'address' }, say('check-address'))
    case 'retract': {
      const back = retract(following)
      if (!back) return askAgain(turn, [{ kind: 'text', text: say('retract-nothing') }])
      const text = say('retracted', { milestone: labelOf(turn, back.milestone) })
      const next = { ...turn.standing.case, following: back.following }
      return askAgain(turn, [{ kind: 'text', text }, ...timelineBlocks(turn, back.following)], {
        case: next,
        actions: nextActions(turn, back.following),
      })
    }
  }
}

function waitFor(turn: FollowingTurn, following: Following, text: string): FollowingResult {
  const message = { language: turn.on.language, blocks: [{ kind: 'text', text } as const] }
  return ended(turn, [message], { case: { ...turn.standing.case, following } })
}
