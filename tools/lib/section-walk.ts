import type { Question, Section } from '../../src/interview/schema.ts'
import { optionsOf } from '../../src/interview/dialogs.ts'
import { knowledgeFrom, UNSURE, type AnswerValue } from '../../src/rules/answers.ts'
import { decideFiling, filingKnown } from '../../src/rules/assess/filing.ts'
import { holds } from '../../src/rules/condition.ts'
import { one, type Knowledge } from '../../src/rules/knowledge.ts'
import { valuesNamed } from '../../src/rules/report/scope.ts'
import { valuesOf, type RuleBook } from '../../src/rules/rulebook.ts'
import type { Condition } from '../../src/rules/schema.ts'

/** Where an answer was seen to lead: the index of the next question, and all that was known then. */
export interface Arrival {
  readonly to: number
  readonly know: Knowledge
}

const FILING = 'filing-type'

/** Stands for whatever is typed into a field. */
export const TYPED = 'typed'

/** Every answer a question takes: its options, or something typed, and "not sure" or "left out" where that is one. */
export function answersOf(book: RuleBook, question: Question): readonly string[] {
  const given = question.field ? [TYPED] : optionsOf(book, question).map((option) => option.value)
  return question.unsure || question.skip ? [...given, UNSURE] : given
}

/**
 * Walks a section through every combination of answers that its conditions tell apart, as the resolver would.
 * States that the questions ahead cannot tell apart are visited once.
 */
export class SectionWalk {
  /** Where an answer was seen to lead, under `question=value`. */
  readonly arrivals = new Map<string, Arrival[]>()
  private readonly seen = new Set<string>()
  private readonly book: RuleBook
  private readonly questions: readonly Question[]
  private readonly asOf: string
  private readonly asked: ReadonlySet<string>
  /** Whether the filing type follows from answers given in this very section. */
  private readonly decidesFiling: boolean

  constructor(book: RuleBook, section: Section, asOf: string) {
    this.book = book
    this.questions = section.questions
    this.asOf = asOf
    this.asked = new Set(section.questions.map((question) => question.id))
    this.decidesFiling = (book.tables.get(FILING)?.inputs ?? []).some((input) => this.asked.has(input))
  }

  fromStart(): void {
    for (const given of this.givens()) {
      const know = this.knowledge(given, {})
      this.arrive('start', this.next(0, know), know, given, {})
    }
  }

  /** Notes where a place leads, then goes on from there. */
  private arrive(
    place: string,
    to: number,
    know: Knowledge,
    given: Readonly<Record<string, string>>,
    answers: Readonly<Record<string, AnswerValue>>,
  ): void {
    const list = this.arrivals.get(place) ?? []
    this.arrivals.set(place, list)
    list.push({ to, know })
    const question = this.questions[to]
    if (!question) return
    const state = `${to} ${JSON.stringify([given, this.mattersFrom(to).map((key) => answers[key] ?? null)])}`
    if (this.seen.has(state)) return
    this.seen.add(state)
    const several = this.book.keys.get(question.id)?.type === 'choices'
    for (const value of this.trials(question)) {
      const answered = { ...answers, [question.id]: several && value !== UNSURE ? [value] : value }
      const after = this.knowledge(given, answered)
      const next = this.next(to + 1, after)
      for (const same of this.sameAs(question, value))
        this.arrive(`${question.id}=${same}`, next, after, given, answered)
    }
  }

  /** Index of the first question from `index` on that is asked. */
  private next(index: number, know: Knowledge): number {
    const found = this.questions.findIndex(
      (question, at) => at >= index && holds(question.when, know) !== 'false',
    )
    return found < 0 ? this.questions.length : found
  }

  private knowledge(
    given: Readonly<Record<string, string>>,
    answers: Readonly<Record<string, AnswerValue>>,
  ): Knowledge {
    const plain = knowledgeFrom(this.book, answers)
    return (key) => {
      const value = given[key]
      if (value !== undefined) return one(value)
      if (key === FILING) return filingKnown(decideFiling(this.book, plain, this.asOf))
      return plain(key)
    }
  }

  /** Keys asked in this section that decide about questions from `index` on. */
  private mattersFrom(index: number): readonly string[] {
    const later = new Set(this.questions.slice(index).flatMap((question) => Object.keys(question.when)))
    if (later.has(FILING) && this.decidesFiling)
      for (const input of this.book.tables.get(FILING)?.inputs ?? []) later.add(input)
    if (later.has('entity.group')) later.add('entity.kind')
    return [...this.asked].filter((key) => later.has(key))
  }

  /** One value for each kind of answer that conditions tell apart. */
  private trials(question: Question): readonly string[] {
    const values = answersOf(this.book, question)
    return values.filter((value) => this.sameAs(question, value)[0] === value)
  }

  /** Answers that no condition tells apart from this one. */
  private sameAs(question: Question, value: string): readonly string[] {
    const named = this.namedValues(question.id)
    if (named.has(value) || value === UNSURE || question.id === 'entity.kind') return [value]
    return answersOf(this.book, question).filter((other) => other !== UNSURE && !named.has(other))
  }

  /** Values of a key that some condition names: of a question here, of a key's `only`, or of the filing table. */
  private namedValues(key: string): ReadonlySet<string> {
    const conditions: readonly Condition[] = [
      ...this.questions.map((question) => question.when),
      ...[...this.book.keys.values()].flatMap((declared) => (declared.only ? [declared.only] : [])),
      ...(this.decidesFiling ? (this.book.tables.get(FILING)?.rows ?? []).map((row) => row.when) : []),
    ]
    return new Set(conditions.flatMap((when) => valuesIn(when, key)))
  }

  /** Every combination of what earlier sections may have settled and conditions here ask about. */
  private givens(): readonly Readonly<Record<string, string>>[] {
    const asked = new Set(this.questions.flatMap((question) => Object.keys(question.when)))
    const outside = [...asked].filter(
      (key) =>
        !this.asked.has(key) &&
        !(key === FILING && this.decidesFiling) &&
        !(key === 'entity.group' && this.asked.has('entity.kind')),
    )
    return outside.reduce<readonly Readonly<Record<string, string>>[]>(
      (all, key) => {
        const named = this.namedValues(key)
        const possible = valuesOutside(this.book, key)
        const other = possible.find((value) => !named.has(value))
        const values = [
          ...possible.filter((value) => named.has(value)),
          ...(other === undefined ? [] : [other]),
        ]
        return all.flatMap((given) => values.map((value) => ({ ...given, [key]: value })))
      },
      [{}],
    )
  }
}

function valuesOutside(book: RuleBook, key: string): readonly string[] {
  if (key === 'entity.group') return Object.keys(book.groups)
  const table = book.tables.get(key)
  if (table) return [...Object.keys(table.results), ...(key === 'pre-approval' ? ['none'] : [])]
  return valuesOf(book, key)
}

function valuesIn(when: Condition, key: string): readonly string[] {
  const wanted = when[key]
  return wanted === undefined ? [] : valuesNamed(wanted)
}
