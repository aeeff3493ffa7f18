import type { Section } from '../../src/interview/schema.ts'
import { holds } from '../../src/rules/condition.ts'
import type { RuleBook } from '../../src/rules/rulebook.ts'
import type { Condition } from '../../src/rules/schema.ts'
import { answersOf, SectionWalk, type Arrival } from './section-walk.ts'

/** Answers that lead on in the same way. `to` is the index of the next question, or their number for the end. */
export interface Branch {
  /** Option values, `unsure` among them; empty for the start of the section. */
  readonly values: readonly string[]
  readonly to: number
  /** What else has to hold, where the same answers lead to several places: the first branch that fits is taken. */
  readonly condition: Condition | 'otherwise'
}

export interface SectionFlow {
  readonly start: readonly Branch[]
  /** For each question of the section, in order. */
  readonly questions: readonly (readonly Branch[])[]
}

/** Where each answer of a section leads, found by walking every combination of the answers its conditions ask about. */
export function sectionFlow(book: RuleBook, section: Section, asOf: string): SectionFlow {
  const walk = new SectionWalk(book, section, asOf)
  walk.fromStart()
  const whens = section.questions.map((question) => question.when)
  const branches = (values: readonly string[], place: string) =>
    branchesOf(values, walk.arrivals.get(place) ?? [], whens)
  return {
    start: branches([], 'start'),
    questions: section.questions.map((question) =>
      merged(answersOf(book, question).flatMap((value) => branches([value], `${question.id}=${value}`))),
    ),
  }
}

/** One branch for each place an answer leads to, with what tells them apart. */
function branchesOf(
  values: readonly string[],
  arrivals: readonly Arrival[],
  whens: readonly Condition[],
): readonly Branch[] {
  const targets = [...new Set(arrivals.map((arrival) => arrival.to))].sort((a, b) => a - b)
  return targets.map((to, index) => {
    const when = Object.entries(whens[to] ?? {}).filter(
      ([key, wanted]) => !arrivals.every(({ know }) => holds({ [key]: wanted }, know) !== 'false'),
    )
    const last = index > 0 && index === targets.length - 1
    return {
      values,
      to,
      condition: last ? 'otherwise' : targets.length === 1 ? {} : Object.fromEntries(when),
    }
  })
}

/** Joins answers whose branches are all the same, keeping the order of the options. */
function merged(branches: readonly Branch[]): readonly Branch[] {
  const way = (value: string) =>
    JSON.stringify(
      branches.filter((branch) => branch.values[0] === value).map(({ to, condition }) => [to, condition]),
    )
  const groups = new Map<string, string[]>()
  for (const value of new Set(branches.flatMap((branch) => branch.values)))
    groups.set(way(value), [...(groups.get(way(value)) ?? []), value])
  return [...groups.values()].flatMap((values) =>
    branches.filter((branch) => branch.values[0] === values[0]).map((branch) => ({ ...branch, values })),
  )
}
