import type { Action, Block } from '../../rendering/message.ts'
import { command, escapeMarkdown, say } from '../../rendering/compose/context.ts'
import { findingBlocks } from '../../rendering/compose/finding.ts'
import type { RefusedMeaning } from './meaning.ts'
import { askAgain } from './question.ts'
import type { Turn, TurnResult } from './turn.ts'

/**
 * A typed answer that cannot be right: the one thing that is wrong and how to mend it, then with more help, then
 * with a way out. What was typed stays in its field.
 */
export function refuseTyped(turn: Turn, { question, typed, problem }: RefusedMeaning): TurnResult {
  const { standing } = turn
  const misses = standing.talk.misses + 1
  const kept = { ...turn.on.typed, [question.id]: typed }
  const retry = { ...turn, on: { ...turn.on, typed: kept } }
  const blocks = [...findingBlocks(turn.on, problem, 'warning'), ...more(turn, question, misses)]
  const actions = [
    ...suggested(turn, question.id, problem.details['suggestion']),
    ...(misses >= 3 ? wayOut(turn, question.skip) : []),
  ]
  return askAgain(retry, blocks, { misses, typed: kept, actions })
}

function more({ on }: Turn, { help, skip }: RefusedMeaning['question'], misses: number): readonly Block[] {
  if (misses === 2)
    return [{ kind: 'text', text: say(on, 'field-retry', { help: help?.[on.language] ?? '' }).trim() }]
  if (misses < 3) return []
  return [{ kind: 'text', tone: 'notice', text: say(on, skip ? 'field-way-out' : 'field-way-out-no-skip') }]
}

/** A value that would fit is offered, never taken. */
function suggested({ on, standing }: Turn, question: string, suggestion: unknown): readonly Action[] {
  if (typeof suggestion !== 'string') return []
  const label = say(on, 'field-suggestion', { suggestion: escapeMarkdown(suggestion) })
  const payload = {
    kind: 'answer',
    question,
    version: standing.case.revision,
    answer: suggestion,
  } as const
  return [{ label, payload }]
}

export function wayOut({ on }: Turn, skip: boolean): readonly Action[] {
  return [
    ...(skip ? [command(on, 'skip-option', 'unsure')] : []),
    command(on, 'action-human', 'human'),
    command(on, 'action-why', 'why'),
  ]
}
