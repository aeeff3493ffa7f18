import { answerProblem, knowledgeFrom, UNSURE, type AnswerValue, type Answers } from '../rules/answers.ts'
import { assess, type Assessment } from '../rules/assess/assess.ts'
import { decideFiling, filingKnown } from '../rules/assess/filing.ts'
import { holds } from '../rules/condition.ts'
import type { Knowledge } from '../rules/knowledge.ts'
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
  const onPath: Record<string, AnswerValue> = {}
  const sections: SectionState[] = []
  let open: Resolution['open']

  for (const section of dialogs.sections) {
    let asked = 0
    for (const question of section.questions) {
      if (open) break
      if (holds(question.when, knowledgeOnPath(book, onPath, asOf)) === 'false') continue
      asked += 1
      const value = validAnswer(book, question, answers)
      if (value === undefined) open = { question, section }
      else {
        path.push({ question, section, value })
        onPath[question.id] = value
      }
    }
    sections.push({
      section,
      state: open ? (open.section === section ? 'open' : 'ahead') : asked > 0 ? 'done' : 'skipped',
    })
  }
  return { path, open, sections, assessment: assess(book, onPath, asOf) }
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

/** The decision on the filing type is worked out only for conditions that ask about it. */
function knowledgeOnPath(book: RuleBook, onPath: Answers, asOf: string): Knowledge {
  const plain = knowledgeFrom(book, onPath)
  return (key) => (key === 'filing-type' ? filingKnown(decideFiling(book, plain, asOf)) : plain(key))
}
