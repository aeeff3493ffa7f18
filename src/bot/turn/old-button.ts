import { isField } from '../../interview/open-fields.ts'
import type { Question } from '../../interview/schema.ts'
import { answerProblem, UNSURE, type AnswerValue } from '../../rules/answers.ts'
import { answerLabel, command, say } from '../../rendering/compose/context.ts'
import type { ButtonMeaning } from './meaning.ts'
import { askAgain } from './question.ts'
import { readTyped } from './read-typed.ts'
import { ended, type Turn, type TurnResult } from './turn.ts'

/** A button of a question that is not open: already noted, offered as a change, or refused politely. */
export function pressOld(turn: Turn, { question: id, value: sent, version }: ButtonMeaning): TurnResult {
  const { on, resolution, standing } = turn
  const step = resolution.path.find(({ question }) => question.id === id)
  const value = step && version >= standing.case.epoch ? valueFor(turn, step.question, sent) : undefined
  if (step === undefined || value === undefined)
    return askAgain(turn, [{ kind: 'text', tone: 'notice', text: say(on, 'old-button-gone') }])
  if (String(step.value) === String(value))
    return askAgain(turn, [{ kind: 'text', tone: 'notice', text: say(on, 'old-button-same') }])
  const text = say(on, 'old-button-offer', {
    label: step.question.label[on.language],
    answer: answerLabel(on, step.question, step.value),
    other: answerLabel(on, step.question, value),
  })
  const offer = {
    language: on.language,
    blocks: [{ kind: 'text', text } as const],
    actions: [command(on, 'action-yes', 'yes'), command(on, 'action-no', 'no')],
  }
  return ended(turn, [offer], {
    pending: { kind: 'change', question: id, answer: typeof value === 'string' ? value : [...value] },
  })
}

/** What was sent, as an answer to that question; undefined where it is none. */
function valueFor(turn: Turn, question: Question, sent: AnswerValue): AnswerValue | undefined {
  if (!isField(question)) {
    const unfit = answerProblem(turn.brain.book, question.id, sent) !== undefined
    return unfit || (sent === UNSURE && !question.unsure) ? undefined : sent
  }
  if (sent === UNSURE) return question.skip ? sent : undefined
  if (typeof sent !== 'string') return undefined
  const reading = readTyped(turn, question, sent)
  return reading.ok ? reading.value : undefined
}
