import { answerProblem, UNSURE } from '../../rules/answers.ts'
import { answerLabel, command, say } from '../../rendering/compose/context.ts'
import type { ButtonMeaning } from './meaning.ts'
import { askAgain } from './question.ts'
import { ended, type Turn, type TurnResult } from './turn.ts'

/** A button of a question that is not open: already noted, offered as a change, or refused politely. */
export function pressOld(turn: Turn, { question: id, value, version }: ButtonMeaning): TurnResult {
  const { brain, on, resolution, standing } = turn
  const step = resolution.path.find(({ question }) => question.id === id)
  const refused = step === undefined || version < standing.case.epoch
  if (refused || answerProblem(brain.book, id, value) || (value === UNSURE && !step.question.unsure))
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
