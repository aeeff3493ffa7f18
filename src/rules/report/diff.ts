import type { RuleBook } from '../rulebook.ts'
import type { Fact, Topic } from '../schema.ts'
import { factEntry, rowEntry, type Entry } from './entry.ts'
import { acceptsRegion, localFacts, regionalRows, type Scope } from './scope.ts'

/** What two regions say on one topic. An empty side has no rule of its own: the national one applies. */
export interface TopicDifference {
  readonly topic: string
  readonly title: Topic['title']
  readonly kind: 'only-first' | 'only-second' | 'different' | 'alike'
  /** What only this side says. */
  readonly first: readonly Entry[]
  readonly second: readonly Entry[]
  /** What both say, as pairs. */
  readonly both: readonly (readonly [Entry, Entry])[]
}

/** A row of a decision table that decides in one of the regions and not in the other. */
export interface DecisionDifference {
  readonly table: string
  readonly title: Topic['title']
  readonly first: readonly Entry[]
  readonly second: readonly Entry[]
}

export interface RegionDifference {
  readonly first: string
  readonly second: string
  readonly topics: readonly TopicDifference[]
  readonly decisions: readonly DecisionDifference[]
  /** Topics on which neither has a rule of its own. */
  readonly neither: readonly string[]
}

/** Compares the rules of two regions (codes) on a day, topic by topic in the order of rules/topics.yaml. */
export function diffRegions(book: RuleBook, first: string, second: string, scope: Scope): RegionDifference {
  const here = localFacts(book, first, scope)
  const there = localFacts(book, second, scope)
  const topics: TopicDifference[] = []
  const neither: string[] = []
  for (const [topic, { title, stage }] of book.topics) {
    const difference = compareTopic(
      book,
      here.filter((fact) => fact.topic === topic),
      there.filter((fact) => fact.topic === topic),
      scope.asOf,
    )
    if (difference) topics.push({ topic, title, ...difference })
    else if (stage !== 'reference') neither.push(topic)
  }
  return { first, second, topics, decisions: compareDecisions(book, first, second, scope), neither }
}

function compareTopic(
  book: RuleBook,
  here: readonly Fact[],
  there: readonly Fact[],
  asOf: string,
): Omit<TopicDifference, 'topic' | 'title'> | undefined {
  if (here.length + there.length === 0) return undefined
  const both: (readonly [Entry, Entry])[] = []
  const left = [...there]
  const first = here.filter((fact) => {
    const twin = left.findIndex((other) => alike(book, fact, other))
    const other = left[twin]
    if (!other) return true
    left.splice(twin, 1)
    both.push([factEntry(book, fact, asOf), factEntry(book, other, asOf)])
    return false
  })
  return {
    kind:
      there.length === 0
        ? 'only-first'
        : here.length === 0
          ? 'only-second'
          : first.length + left.length > 0
            ? 'different'
            : 'alike',
    first: first.map((fact) => factEntry(book, fact, asOf)),
    second: left.map((fact) => factEntry(book, fact, asOf)),
    both,
  }
}

function compareDecisions(book: RuleBook, first: string, second: string, scope: Scope): readonly DecisionDifference[] {
  const rows = regionalRows(book, scope).filter(({ row }) => acceptsRegion(book, row, first) !== acceptsRegion(book, row, second))
  const tables = new Set(rows.map(({ table }) => table))
  return [...tables].map((table) => {
    const own = rows.filter((item) => item.table === table)
    const side = (region: string) =>
      own.filter(({ row }) => acceptsRegion(book, row, region)).map(({ row }) => rowEntry(book, table, row, scope.asOf, region))
    return { table: table.id, title: table.title, first: side(first), second: side(second) }
  })
}

/** Whether two facts say the same of the same people, apart from the name of the region. */
function alike(book: RuleBook, a: Fact, b: Fact): boolean {
  const scopes = [a, b].map((fact) => [...(fact.appliesTo?.entities ?? [])].sort().join(' '))
  if (scopes[0] !== scopes[1]) return false
  return (['zh-CN', 'en'] as const).some(
    (language) => withoutRegions(book, a.text[language]) === withoutRegions(book, b.text[language]),
  )
}

function withoutRegions(book: RuleBook, text: string): string {
  const names = [...book.provinces.values()]
    .flatMap((province) => [province.name['zh-CN'], province.name.en, ...province.aliases])
    .filter((name) => name.length > 1)
    .sort((a, b) => b.length - a.length)
  return names.reduce((rest, name) => rest.replaceAll(name, '*'), text)
}
