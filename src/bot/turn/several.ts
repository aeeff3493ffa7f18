import { withAnswer, type Case } from '../../interview/case.ts'
import type { Block } from '../../rendering/message.ts'
import { answerLabel, command, say } from '../../rendering/compose/context.ts'
import type { AnswerValue } from '../../rules/answers.ts'
import type { Heard } from '../../understanding/many.ts'
import { proceed } from './answer.ts'
import { ended, type Turn, type TurnResult } from './turn.ts'

/** Takes several answers from one message, says what was understood, and lets each be changed. */
export function answerSeveral(turn: Turn, heard: readonly Heard[]): TurnResult {
  const next = heard.reduce<Case>(
    (current, { question, value }) => withAnswer(current, question, value),
    turn.standing.case,
  )
  return proceed(turn, next, [understood(turn, heard)])
}

/** An earlier answer taken back: the new one counts, and what that changes is told. */
export function correctAnswer(turn: Turn, question: string, value: AnswerValue): TurnResult {
  return proceed(turn, withAnswer(turn.standing.case, question, value), [
    understood(turn, [{ question, value }]),
  ])
}

/** A correction that fits several answers: they are offered, not chosen. */
export function offerCorrections(
  turn: Turn,
  options: readonly { readonly question: string; readonly value: string }[],
): TurnResult {
  const { on, brain, standing } = turn
  const actions = options.flatMap(({ question: id, value }) => {
    const question = brain.dialogs.questions.get(id)
    if (!question) return []
    const label = say(on, 'understood', {
      label: question.label[on.language],
      answer: answerLabel(on, question, value),
    })
    const payload = { kind: 'answer', question: id, version: standing.case.revision, answer: value } as const
    return [{ label, payload }]
  })
  return ended(turn, [
    { language: on.language, blocks: [{ kind: 'text', text: say(on, 'ambiguous') }], actions },
  ])
}

function understood({ on, brain }: Turn, heard: readonly Pick<Heard, 'question' | 'value'>[]): Block {
  return {
    kind: 'summary',
    title: say(on, 'understood-title'),
    rows: heard.flatMap(({ question: id, value }) => {
      const question = brain.dialogs.questions.get(id)
      if (!question) return []
      return [
        {
          label: question.label[on.language],
          value: answerLabel(on, question, value),
          change: command(on, 'action-change', 'edit', id),
        },
      ]
    }),
  }
}
