import { UNSURE, knowledgeFrom, type Answers } from '../rules/answers.ts'
import { holds } from '../rules/condition.ts'
import type { Knowledge } from '../rules/knowledge.ts'
import type { RuleBook } from '../rules/rulebook.ts'
import type { Case } from './case.ts'
import type { Dialogs } from './dialogs.ts'
import type { Resolution } from './resolve.ts'
import type { Field, Question } from './schema.ts'

/** A question whose answer is typed. */
export type FieldQuestion = Question & { readonly field: Field }

export function isField(question: Question): question is FieldQuestion {
  return question.field !== undefined
}

/** The open question and the plain ones that follow it without an answer, in one section; none where options are asked. */
export function openFields(
  book: RuleBook,
  { open, assessment }: Resolution,
  answers: Answers,
): readonly FieldQuestion[] {
  if (!open) return []
  const { questions } = open.section
  const fields: FieldQuestion[] = []
  for (const question of questions.slice(questions.indexOf(open.question))) {
    if (!mayApply(book, question, assessment.know)) continue
    if (!isField(question)) break
    if (question === open.question || !Object.hasOwn(answers, question.id)) fields.push(question)
  }
  return fields
}

/**
 * Everything answered that still applies, also behind the open question: a changed phone number has to differ from
 * one that was given after it. What was typed and is taken back counts for nothing: it may be what was wrong.
 */
export function knownAnswers(book: RuleBook, dialogs: Dialogs, { answers, aside }: Case): Answers {
  const chosen = Object.entries(aside).filter(([key]) => dialogs.questions.get(key)?.field === undefined)
  const all = { ...Object.fromEntries(chosen), ...answers }
  const know = knowledgeFrom(book, all)
  return Object.fromEntries(
    Object.entries(all).filter(([key, value]) => {
      const question = dialogs.questions.get(key)
      return question !== undefined && value !== UNSURE && mayApply(book, question, know)
    }),
  )
}

/** As far as answers tell: results of decisions, such as the filing type, are left open. */
function mayApply(book: RuleBook, { when }: Question, know: Knowledge): boolean {
  const plain = Object.entries(when).filter(([key]) => book.keys.has(key) || key === 'entity.group')
  return holds(Object.fromEntries(plain), know) !== 'false'
}
