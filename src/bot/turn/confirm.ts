import { restarted, withAnswer } from '../../interview/case.ts'
import { say } from '../../rendering/compose/context.ts'
import { proceed } from './answer.ts'
import { resolveCase } from './brain.ts'
import { askAgain, nextMessage } from './question.ts'
import type { Pending } from './standing.ts'
import { ended, type Turn, type TurnResult } from './turn.ts'

/** Yes or no to something that was asked to be confirmed. */
export function confirm(turn: Turn, pending: Pending, yes: boolean): TurnResult {
  const { brain, on, standing, asOf } = turn
  if (!yes) return askAgain(turn, [{ kind: 'text', text: say(on, 'cancelled') }])
  switch (pending.kind) {
    case 'restart': {
      const next = restarted(standing.case)
      const message = nextMessage(on, next, resolveCase(brain, next.answers, asOf))
      const blocks = [{ kind: 'text', text: say(on, 'restarted') } as const, ...message.blocks]
      return ended(turn, [{ ...message, blocks }], { case: next })
    }
    case 'delete':
      return ended(turn, [{ language: on.language, blocks: [{ kind: 'text', text: say(on, 'deleted') }] }], {
        case: restarted(standing.case),
        forget: true,
      })
    case 'among':
    case 'province':
      return askAgain(turn, [])
    case 'edit':
      return askAgain(turn, [{ kind: 'text', text: say(on, 'edit-which') }], { pending })
    case 'change':
      return proceed(turn, withAnswer(standing.case, pending.question, pending.answer), [])
  }
}
