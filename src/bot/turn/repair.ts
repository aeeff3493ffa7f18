import { optionsOf } from '../../interview/dialogs.ts'
import type { Action, Block, Message } from '../../rendering/message.ts'
import { command, say } from '../../rendering/compose/context.ts'
import { inputOf } from '../../rendering/compose/question.ts'
import { MAX_TEXT } from './interpret-text.ts'
import type { TalkAbout } from './meaning.ts'
import { askAgain } from './question.ts'
import { wayOut } from './refuse.ts'
import { ended, type Turn, type TurnResult } from './turn.ts'

/** A text that fits no option: said shortly, then with more help, then with a way out. Never a dead end. */
export function noMatch(turn: Turn): TurnResult {
  const { on, resolution, standing } = turn
  if (!resolution.open) return askAgain(turn, [{ kind: 'text', text: say(on, 'done') }])
  const { question } = resolution.open
  const misses = standing.talk.misses + 1
  if (question.field !== undefined) {
    const text = say(on, 'field-retry', { help: question.help?.[on.language] ?? '' })
    return askAgain(turn, [notice(text.trim())], {
      misses,
      actions: misses < 3 ? [] : wayOut(turn, question.skip),
    })
  }
  if (misses === 1) return askAgain(turn, [notice(say(on, 'no-match-1'))], { misses })
  if (misses === 2) {
    const example = optionsOf(on.book, question)[0]?.label[on.language] ?? ''
    const help = question.help?.[on.language] ?? ''
    return askAgain(turn, [notice(say(on, 'no-match-2', { example, help }).trim())], { misses })
  }
  const ways: Action[] = [
    ...(question.unsure ? [command(on, 'unsure-option', 'unsure')] : []),
    command(on, 'action-human', 'human'),
    command(on, 'action-why', 'why'),
  ]
  const text = say(on, question.unsure ? 'no-match-3' : 'no-match-3-no-skip')
  return askAgain(turn, [notice(text)], { misses, actions: ways })
}

/** Several options fit: they are offered, not chosen. */
export function ambiguous(turn: Turn, values: readonly string[]): TurnResult {
  const { on, resolution, standing } = turn
  if (!resolution.open) return noMatch(turn)
  const { question } = resolution.open
  const message: Message = {
    language: on.language,
    blocks: [{ kind: 'text', text: say(on, 'ambiguous') }],
    input: inputOf(on, question, standing.case.revision, values),
    actions: [command(on, 'action-back', 'back'), command(on, 'action-why', 'why')],
  }
  // As they are shown: inputOf keeps the order of the question.
  const shown = message.input?.options.map(({ value }) => value) ?? []
  return ended(turn, [message], { pending: { kind: 'among', question: question.id, values: shown } })
}

/** Small talk and what is no answer at all: a word in kind, and the interview stays where it is. */
export function smallTalk(turn: Turn, about: TalkAbout): TurnResult {
  return askAgain(turn, [notice(say(turn.on, `talk-${about}`))])
}

export function attachment(turn: Turn): TurnResult {
  const typed = turn.resolution.open?.question.field !== undefined
  return askAgain(turn, [notice(say(turn.on, typed ? 'field-file' : 'attachment'))])
}

export function tooLong(turn: Turn): TurnResult {
  return askAgain(turn, [notice(say(turn.on, 'too-long', { limit: MAX_TEXT }))])
}

function notice(text: string): Block {
  return { kind: 'text', tone: 'notice', text }
}
