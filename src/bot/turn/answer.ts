import { answersBefore, withAnswer, type Case } from '../../interview/case.ts'
import { takesBack } from '../../interview/consent.ts'
import { newOutcomes } from '../../interview/outcomes.ts'
import type { Resolution } from '../../interview/resolve.ts'
import type { Action, Block, Message } from '../../rendering/message.ts'
import { answerLabel, say } from '../../rendering/compose/context.ts'
import { findingBlocks } from '../../rendering/compose/finding.ts'
import { objectionBlocks } from '../../rendering/compose/findings.ts'
import { outcomeBlocks } from '../../rendering/compose/outcomes/outcome.ts'
import { typeLabel } from '../../rendering/compose/outcomes/filing.ts'
import { UNSURE, type AnswerValue } from '../../rules/answers.ts'
import { resolveCase } from './brain.ts'
import type { AnswerMeaning } from './meaning.ts'
import { nextMessage } from './question.ts'
import { ended, previousAnswer, type After, type Turn, type TurnResult } from './turn.ts'
import { withdraw } from './withdraw.ts'

/** Takes an answer, tells what follows from it, and goes on with the next question. */
export function answerQuestion(
  turn: Turn,
  { question, value, said, notes: found = [] }: AnswerMeaning,
): TurnResult {
  if (takesBack(turn.standing.case, question, value)) return withdraw(turn, question)
  const previous = previousAnswer(turn, question)
  const noted = [
    ...notes(turn, { question, value, said, previous }),
    ...found.flatMap((note) => findingBlocks(turn.on, note, 'warning')),
  ]
  return proceed(turn, withAnswer(turn.standing.case, question, value), noted)
}

/** Goes on with changed answers: what they change in the results, then the next question. */
export function proceed(
  turn: Turn,
  next: Case,
  noted: readonly Block[],
  { actions = [], ...after }: After & { readonly actions?: readonly Action[] } = {},
): TurnResult {
  const { brain, on, asOf, standing } = turn
  const before = resolveCase(brain, answersBefore(standing.case), asOf)
  const resolution = resolveCase(brain, next.answers, asOf)
  const told: readonly Message[] = newOutcomes(brain.book, before, resolution).map((section) => ({
    language: on.language,
    blocks: outcomeBlocks(on, section, resolution),
  }))
  const lead = [
    ...noted,
    ...turned(turn, before, resolution),
    ...objectionBlocks(on, before, resolution, typedAnew(turn, next)),
  ]
  const asked = nextMessage(on, next, resolution)
  const [first, ...others] = [...told, { ...asked, actions: [...actions, ...(asked.actions ?? [])] }]
  const replies = first ? [{ ...first, blocks: [...lead, ...first.blocks] }, ...others] : []
  return ended(turn, replies, { case: next, ...after })
}

interface Noted {
  readonly question: string
  readonly value: AnswerValue
  readonly said: boolean
  readonly previous: AnswerValue | undefined
}

function notes({ brain, on }: Turn, { question: id, value, said, previous }: Noted): readonly Block[] {
  const question = brain.dialogs.questions.get(id)
  if (!question) return []
  const same = previous !== undefined && String(previous) === String(value)
  if (value === UNSURE && !same) {
    const text = say(on, question.field === undefined ? 'unsure-noted' : 'skipped')
    return [{ kind: 'text', tone: 'notice', text }]
  }
  if (same) return [{ kind: 'text', tone: 'notice', text: say(on, 'kept') }]
  if (!said) return []
  const answer = answerLabel(on, question, value)
  return [
    {
      kind: 'text',
      tone: 'notice',
      text: say(on, 'understood', { label: question.label[on.language], answer }),
    },
  ]
}

/** The typed answers that are other than before: what a reviewer objects to in them is told at once. */
function typedAnew({ brain, standing }: Turn, { answers }: Case): ReadonlySet<string> {
  const changed = Object.keys(answers).filter((key) => answers[key] !== standing.case.answers[key])
  return new Set(changed.filter((key) => brain.dialogs.questions.get(key)?.field !== undefined))
}

/** A change of mind that turns the result is said in so many words. */
function turned({ on }: Turn, before: Resolution, after: Resolution): readonly Block[] {
  const { type: was } = before.assessment.filing
  const { type: is } = after.assessment.filing
  if (was === null || is === null || was === is) return []
  const values = { before: typeLabel(on, before, was), after: typeLabel(on, after, is) }
  return [{ kind: 'text', tone: 'warning', text: say(on, 'result-changed', values) }]
}
