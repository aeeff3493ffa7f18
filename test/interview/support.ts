import fc from 'fast-check'
import { loadDialogs } from '../../src/interview/dialogs.ts'
import { answersTo } from '../../src/interview/proof/graph.ts'
import { resolve, type Resolution } from '../../src/interview/resolve.ts'
import type { Question } from '../../src/interview/schema.ts'
import type { Answers, AnswerValue } from '../../src/rules/answers.ts'
import { book, TODAY } from '../rules/book.ts'

export { book, TODAY }
export const dialogs = loadDialogs(new URL('../../dialogs', import.meta.url).pathname)
export const resolved = (answers: Answers): Resolution => resolve(book, dialogs, answers, TODAY)
export const keysOn = (resolution: Resolution): readonly string[] =>
  resolution.path.map(({ question }) => question.id)

/** Any answer to any question, in any combination: what a person may have said in any order. */
export const anyAnswers: fc.Arbitrary<Answers> = fc
  .tuple(
    ...[...dialogs.questions.values()].map((question) =>
      fc.option(
        anyAnswerTo(question).map((value) => [question.id, value] as const),
        { nil: undefined },
      ),
    ),
  )
  .map((entries) => Object.fromEntries(entries.filter((entry) => entry !== undefined)))

export function anyAnswerTo(question: Question): fc.Arbitrary<AnswerValue> {
  return fc.constantFrom(...answersTo(book, question, TODAY))
}

/** Answers every open question with what `choose` says until none is open. */
export function finished(start: Answers, choose: (question: Question) => AnswerValue): Answers {
  let answers = start
  for (let step = 0; step <= dialogs.questions.size; step += 1) {
    const { open } = resolved(answers)
    if (!open) return answers
    answers = { ...answers, [open.question.id]: choose(open.question) }
  }
  throw new TypeError('more questions are asked than there are')
}

/** The first option: the plain case. */
export function firstAnswer(question: Question): AnswerValue {
  const [first] = answersTo(book, question, TODAY)
  if (first === undefined) throw new TypeError(`${question.id} has no options`)
  return first
}
