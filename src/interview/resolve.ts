import { answerProblem, knowledgeFrom, UNSURE, type AnswerValue, type Answers } from '../rules/answers.ts'
import { assess, type Assessment } from '../rules/assess/assess.ts'
import { tellsMore, withDerived } from '../rules/assess/derived.ts'
import { filingKeys, possibleFilings } from '../rules/assess/filing.ts'
import { decidePreApprovals, preApprovalKnown } from '../rules/assess/pre-approvals.ts'
import { holds } from '../rules/condition.ts'
import type { Knowledge, Known } from '../rules/knowledge.ts'
import type { RuleBook } from '../rules/rulebook.ts'
import type { Dialogs } from './dialogs.ts'
import type { Question, Section } from './schema.ts'

export interface Step {
  readonly question: Question
  readonly section: Section
  readonly value: AnswerValue
}

export interface SectionState {
  readonly section: Section
  /** `skipped`: none of its questions applies. `ahead`: the open question comes before it. */
  readonly state: 'done' | 'open' | 'ahead' | 'skipped'
}

/** Where a case stands. Everything here follows from the answers; nothing of it is stored. */
export interface Resolution {
  readonly path: readonly Step[]
  /** First applicable question without a valid answer; undefined when all are answered. */
  readonly open: { readonly question: Question; readonly section: Section } | undefined
  readonly sections: readonly SectionState[]
  /** What the rules say of the answers on the path, and of nothing else. */
  readonly assessment: Assessment
}

/**
 * Replays answers through the dialog trees on a day (ISO date). Pure. An answer off the path is kept by the
 * case but neither exported nor used by a rule.
 */
export function resolve(book: RuleBook, dialogs: Dialogs, answers: Answers, asOf: string): Resolution {
  const path: Step[] = []
  const known = new OnPath(book, asOf)
  const sections: SectionState[] = []
  let open: Resolution['open']

  for (const section of dialogs.sections) {
    let asked = 0
    for (const question of section.questions) {
      if (open) break
      if (holds(question.when, known.know) === 'false') continue
      asked += 1
      const value = validAnswer(book, question, answers)
      if (value === undefined) open = { question, section }
      else {
        path.push({ question, section, value })
        known.add(question.id, value)
      }
    }
    sections.push({
      section,
      state: open ? (open.section === section ? 'open' : 'ahead') : asked > 0 ? 'done' : 'skipped',
    })
  }
  return { path, open, sections, assessment: assess(book, known.answers, asOf) }
}

/** The answers on a path: what is exported and what rules may use. */
export function answersOnPath(resolution: Resolution): Answers {
  return Object.fromEntries(resolution.path.map((step) => [step.question.id, step.value]))
}

/** Undefined for a missing answer and for one that a newer release no longer knows: it is asked again. */
function validAnswer(book: RuleBook, question: Question, answers: Answers): AnswerValue | undefined {
  const value = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined
  if (value === undefined) return undefined
  if (question.field !== undefined) return validField(question, value)
  if (answerProblem(book, question.id, value)) return undefined
  return value === UNSURE && !question.unsure ? undefined : value
}

/**
 * A typed answer was checked when it was given. What else is known may have changed since, so it is compared
 * again by the pre-check and not here: a changed province must not make a name be asked for anew.
 */
function validField(question: Question, value: AnswerValue): AnswerValue | undefined {
  if (value === UNSURE) return question.skip ? value : undefined
  return value.length > 0 ? value : undefined
}

/**
 * What is known at a place of the path. A decision is worked out only for conditions that ask about it, and again
 * only after an answer that can change it: most of sixty answers cannot.
 */
class OnPath {
  readonly answers: Record<string, AnswerValue> = {}
  readonly #book: RuleBook
  readonly #asOf: string
  #plain: Knowledge | undefined
  #filing: Known | undefined
  #preApproval: Known | undefined

  constructor(book: RuleBook, asOf: string) {
    this.#book = book
    this.#asOf = asOf
  }

  readonly know: Knowledge = (key) => {
    const plain = (this.#plain ??= knowledgeFrom(this.#book, withDerived(this.answers, this.#asOf)))
    if (key === 'filing-type') return (this.#filing ??= possibleFilings(this.#book, plain, this.#asOf))
    if (key === 'pre-approval') return (this.#preApproval ??= this.preApproval(plain))
    return plain(key)
  }

  add(key: string, value: AnswerValue): void {
    this.answers[key] = value
    // Most typed answers tell the rules nothing.
    if (!this.#book.keys.has(key) && !tellsMore(key)) return
    this.#plain = undefined
    if (tellsMore(key) || filingKeys(this.#book).has(key)) this.#filing = undefined
    this.#preApproval = undefined
  }

  private preApproval(plain: Knowledge): Known {
    return preApprovalKnown(this.#book, plain, decidePreApprovals(this.#book, plain, this.#asOf))
  }
}
