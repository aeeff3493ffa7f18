import { answerProblem, type AnswerValue } from '../rules/answers.ts'
import { holds } from '../rules/condition.ts'
import type { Knowledge } from '../rules/knowledge.ts'
import type { RuleBook } from '../rules/rulebook.ts'
import type { Dialogs } from '../interview/dialogs.ts'
import type { Question } from '../interview/schema.ts'
import { readAnswer } from './answer.ts'
import { contains } from './denials.ts'
import { isQuestion } from './talk.ts'
import type { Lexicon } from './lexicon.ts'
import { markPlaces, mentionsIn, type Clause } from './mentions.ts'
import { bare } from './normalise.ts'

/** One answer found in a message, with the stretch of it that says so, as it was typed. */
export interface Heard {
  readonly question: string
  readonly value: AnswerValue
  readonly said: string
}

/** Nobody states their case in more; what is behind it is not read. */
const LONGEST = 500

/**
 * All questions a message answers, the open one first: "我们是杭州的公司，第一次备案". Only what the words allow: what
 * is contradictory, denied or said about somebody else is left out, and so is what `know` shows not to apply.
 * Empty where the message answers nothing; then `readAnswer` says whether the open question is ambiguous.
 */
export function readMany(
  book: RuleBook,
  lexicon: Lexicon,
  dialogs: Dialogs,
  text: string,
  open: Question | undefined,
  know?: Knowledge,
): readonly Heard[] {
  const clauses = clausesOf(book, lexicon, text.slice(0, LONGEST))
  const found = clauses.flatMap((clause) =>
    contains(lexicon.words.others, clause.plain) || isQuestion(lexicon, clause.said)
      ? []
      : mentionsIn(lexicon, clause, open?.id).map((mention) => ({ ...mention, said: clause.said })),
  )
  const heard = consistent(found).filter(
    ({ question, value }) => dialogs.questions.has(question) && !answerProblem(book, question, value),
  )
  const direct =
    open && !heard.some(({ question }) => question === open.id)
      ? directly(book, lexicon, open, clauses, new Set(found.map(({ said }) => said)))
      : undefined
  const all = direct ? [direct, ...heard] : heard
  return all
    .filter(({ question }) => question === open?.id || applies(dialogs, question, know))
    .sort((a, b) => Number(b.question === open?.id) - Number(a.question === open?.id))
}

/** The open question, answered by a clause that says nothing else. */
function directly(
  book: RuleBook,
  lexicon: Lexicon,
  open: Question,
  clauses: readonly Clause[],
  used: ReadonlySet<string>,
): Heard | undefined {
  for (const { said } of clauses) {
    if (used.has(said) || isQuestion(lexicon, said)) continue
    const reading = readAnswer(book, lexicon, open, said)
    if (reading.kind === 'answer') return { question: open.id, value: reading.value, said }
  }
  return undefined
}

function clausesOf(book: RuleBook, lexicon: Lexicon, text: string): readonly Clause[] {
  const clauses = text
    .split(/[，,。;；!！\n]+|\.(?=\s|$)/u)
    .map((said) => said.trim())
    .filter((said) => said !== '')
    .map((said) => ({ said, plain: bare(said) }))
  return markPlaces(book, lexicon, clauses)
}

/** A question answered in two ways is not answered. */
function consistent(found: readonly Heard[]): readonly Heard[] {
  return found.filter(
    (heard, index) =>
      found.findIndex(({ question }) => question === heard.question) === index &&
      !found.some((other) => other.question === heard.question && other.value !== heard.value),
  )
}

function applies(dialogs: Dialogs, question: string, know: Knowledge | undefined): boolean {
  const asked = dialogs.questions.get(question)
  return !know || !asked || holds(asked.when, know) !== 'false'
}
