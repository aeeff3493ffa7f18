import {
  CONSIDERED,
  decodeRejection,
  LONGEST,
  reopenFor,
} from '../../../interview/following/decode-rejection.ts'
import { nothingFollowed, settled, type Following } from '../../../interview/following/milestones.ts'
import { quote } from '../../../rules/assess/statement.ts'
import { confidenceNote, sourceLines } from '../../../rendering/compose/context.ts'
import type { Block } from '../../../rendering/message.ts'
import { simplified } from '../../../understanding/traditional.ts'
import { composing, resolveCase } from '../brain.ts'
import { askAgain, nextMessage } from '../question.ts'
import { ended } from '../turn.ts'
import { nextActions } from './blocks.ts'
import { saying, type FollowingResult, type FollowingTurn } from './kit.ts'
import { noteMilestone } from './tell.ts'

/** Whether a text reads like a reviewer's; where one was asked for, any longer one that is no question does. */
export function looksReturned(turn: FollowingTurn, text: string): boolean {
  const { kit, standing } = turn
  const known = () => decode(turn, text).reasons.length > 0
  const asks = kit.words.questions.some((ending) => text.trim().endsWith(ending))
  if (standing.case.following?.awaiting === 'reason')
    return (!asks && /\p{Script=Han}{6}|\S.{14}/su.test(text)) || known()
  const start = text.slice(0, CONSIDERED).toLowerCase()
  return kit.words.returned.some((word) => start.includes(word)) && known()
}

/** Says what the reviewer means, and opens the questions concerned again; says so where nothing is known. */
export function takeReason(turn: FollowingTurn, text: string): FollowingResult {
  const say = saying(turn)
  if (text.length > LONGEST)
    return askAgain(turn, [
      { kind: 'text', tone: 'notice', text: say('reason-too-long', { limit: LONGEST }) },
    ])
  const { reasons, cut } = decode(turn, text)
  const shortened: readonly Block[] = cut
    ? [{ kind: 'text', text: say('reason-cut', { limit: CONSIDERED }) }]
    : []
  if (reasons.length === 0) {
    const blocks = [...shortened, { kind: 'text', tone: 'notice', text: say('reason-unknown') } as const]
    return { ...ended(turn, [{ language: turn.on.language, blocks }]), unmatched: text.slice(0, CONSIDERED) }
  }
  const following: Following = {
    ...settled(noteMilestone(turn, 'rejected') ?? turn.standing.case.following ?? nothingFollowed),
    returned: reasons.map(({ id }) => id),
  }
  const onPath = new Set(turn.resolution.path.map(({ question }) => question.id))
  const { case: reopened, keys } = reopenFor({ ...turn.standing.case, following }, reasons, onPath)
  const questions = keys.flatMap(
    (key) => turn.brain.dialogs.questions.get(key)?.label[turn.on.language] ?? [],
  )
  const blocks: readonly Block[] = [
    ...shortened,
    {
      kind: 'statements',
      title: say('reasons-found'),
      items: reasons.map((reason) => ({
        id: reason.id,
        text: say('reason', {
          title: reason.title[turn.on.language],
          explanation: reason.explanation[turn.on.language],
          fix: reason.fix[turn.on.language],
        }),
        sources: sourceLines(quote(turn.brain.book, reason.sources)),
        ...confidenceNote(turn.on, reason.confidence),
      })),
    },
    {
      kind: 'text',
      text:
        questions.length > 0
          ? say('reasons-reopened', { questions: questions.join(turn.on.language === 'en' ? ', ' : '、') })
          : say('reasons-none-to-reopen'),
    },
  ]
  if (keys.length === 0)
    return askAgain(turn, blocks, { case: reopened, actions: nextActions(turn, following) })
  const on = composing(turn.brain, reopened)
  const next = nextMessage(on, reopened, resolveCase(turn.brain, reopened.answers, turn.asOf))
  return ended(turn, [{ language: on.language, blocks }, next], { case: reopened })
}

function decode({ kit }: Pick<FollowingTurn, 'kit'>, text: string) {
  return decodeRejection(kit.book.rejections, simplified(text))
}
