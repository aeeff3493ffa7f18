import type { RuleBook } from '../rulebook.ts'
import type { Fact } from '../schema.ts'
import { lastDay } from './dates.ts'

export interface Cell {
  readonly count: number
  /** Date of the newest source among the facts, or `undated`. */
  readonly newest: string
}

export interface CoverageRow {
  /** Region code, or undefined for the national facts. */
  readonly region: string | undefined
  readonly topics: ReadonlyMap<string, Cell>
  readonly total: Cell
  readonly conflicts: number
  readonly lowConfidence: number
  readonly superseded: number
}

/** Facts per region and topic with the newest date of each; first the nation, then the regions by code. */
export function coverage(book: RuleBook): readonly CoverageRow[] {
  const regions = [undefined, ...[...book.provinces.keys()].sort()]
  return regions.map((region) => {
    const facts = [...book.facts.values()].filter((fact) => fact.appliesTo?.provinces?.[0] === region)
    const conflicts = region === undefined ? conflictsOutsideRegions(book) : (book.provinces.get(region)?.conflicts ?? [])
    return {
      region,
      topics: new Map(
        [...book.topics.keys()].flatMap((topic) => {
          const own = facts.filter((fact) => fact.topic === topic)
          return own.length > 0 ? [[topic, cellOf(own)] as const] : []
        }),
      ),
      total: cellOf(facts),
      conflicts: conflicts.length,
      lowConfidence: facts.filter((fact) => fact.confidence === 'low').length,
      superseded: facts.filter((fact) => fact.superseded).length,
    }
  })
}

function conflictsOutsideRegions(book: RuleBook) {
  const regional = new Set([...book.provinces.values()].flatMap((province) => province.conflicts ?? []))
  return [...book.conflicts.values()].filter((conflict) => !regional.has(conflict))
}

function cellOf(facts: readonly Fact[]): Cell {
  const dates = facts.map((fact) => fact.newest)
  return {
    count: facts.length,
    newest: dates.reduce((newest, date) => (lastDay(date) > lastDay(newest) ? date : newest), 'undated'),
  }
}
