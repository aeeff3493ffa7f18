import type { RuleBook } from '../rulebook.ts'
import type { Topic } from '../schema.ts'
import { factEntry, rowEntry, type Entry } from './entry.ts'
import { acceptsRegion, localFacts, namesRegion, nationalFacts, regionalRows, type Scope } from './scope.ts'

export interface ShownTopic {
  readonly topic: string
  readonly title: Topic['title']
  /** The region's own rules; where there are none, the national ones apply. */
  readonly local: readonly Entry[]
  readonly national: readonly Entry[]
}

export interface ShownRegion {
  readonly region: string
  readonly topics: readonly ShownTopic[]
  /** Rows of decision tables that name the region and hold there. */
  readonly decisions: readonly { readonly title: Topic['title']; readonly entry: Entry }[]
}

/**
 * Everything one region (code) asks for on a day. A topic without a local rule shows the national rules instead;
 * topics that are only looked up (`reference`) show local rules alone.
 */
export function showRegion(book: RuleBook, region: string, scope: Scope): ShownRegion {
  const local = localFacts(book, region, scope)
  const national = nationalFacts(book, scope)
  const topics = [...book.topics].map(([topic, { title, stage }]) => {
    const own = local.filter((fact) => fact.topic === topic)
    const fallback = own.length > 0 || stage === 'reference' ? [] : national.filter((fact) => fact.topic === topic)
    return {
      topic,
      title,
      local: own.map((fact) => factEntry(book, fact, scope.asOf)),
      national: fallback.map((fact) => factEntry(book, fact, scope.asOf)),
    }
  })
  return {
    region,
    topics: topics.filter((topic) => topic.local.length + topic.national.length > 0),
    decisions: regionalRows(book, scope)
      .filter(({ row }) => namesRegion(book, row, region) && acceptsRegion(book, row, region))
      .map(({ table, row }) => ({ title: table.title, entry: rowEntry(book, table, row, scope.asOf, region) })),
  }
}
