import type { Text } from '../../language.ts'
import { inRegion } from '../assess/in-region.ts'
import { heldOn, quote, type Quoted } from '../assess/statement.ts'
import { one } from '../knowledge.ts'
import type { RuleBook } from '../rulebook.ts'
import type { Conflict, Confidence, Fact, Row, Table } from '../schema.ts'
import { oldestYear, newestDate } from './dates.ts'

/** One line of a report: a fact or a row of a decision table, with what a reader needs to judge it. */
export interface Entry {
  readonly kind: 'fact' | 'row'
  readonly id: string
  readonly text: Text
  readonly note: Text | undefined
  /** Result of a row. */
  readonly label: Text | undefined
  /** Entity kinds or groups; undefined = everybody. */
  readonly entities: readonly string[] | undefined
  readonly sources: readonly Quoted[]
  /** Date of the newest source: a year, month or day, or `undated`. */
  readonly newest: string
  readonly from: string | undefined
  readonly until: string | undefined
  readonly confidence: Confidence
  readonly conflicts: readonly Conflict[]
  readonly standing: Fact['standing']
  readonly superseded: boolean
  /** All sources were written in a later year than the day asked about. */
  readonly knownLater: boolean
}

export function factEntry(book: RuleBook, fact: Fact, asOf: string): Entry {
  const sources = quote(book, fact.sources)
  return {
    kind: 'fact',
    id: fact.id,
    text: fact.text,
    note: fact.note,
    label: undefined,
    entities: fact.appliesTo?.entities,
    sources,
    newest: fact.newest,
    from: fact.from,
    until: fact.until,
    confidence: fact.confidence,
    conflicts: (fact.conflictsWith ?? []).flatMap((id) => book.conflicts.get(id) ?? []),
    standing: fact.standing,
    superseded: fact.superseded === true && !heldOn(fact, asOf),
    knownLater: isKnownLater(sources, asOf),
  }
}

/** A row; with a region (code), only the sources and conflicts that stand behind it there. */
export function rowEntry(book: RuleBook, table: Table, row: Row, asOf: string, region?: string): Entry {
  const local = region === undefined ? row : inRegion(book, row, () => one(region))
  const sources = quote(book, local.sources)
  return {
    kind: 'row',
    id: row.id,
    text: row.because,
    note: undefined,
    label: table.results[row.result]?.label,
    entities: undefined,
    sources,
    newest: newestDate(sources.map((source) => source.date)),
    from: row.from,
    until: row.until,
    confidence: row.confidence,
    conflicts: conflictsBehind(book, local),
    standing: undefined,
    superseded: false,
    knownLater: isKnownLater(sources, asOf),
  }
}

function conflictsBehind(book: RuleBook, row: Row): readonly Conflict[] {
  const ids = new Set((row.facts ?? []).flatMap((id) => book.facts.get(id)?.conflictsWith ?? []))
  return [...ids].flatMap((id) => book.conflicts.get(id) ?? [])
}

function isKnownLater(sources: readonly Quoted[], asOf: string): boolean {
  const oldest = oldestYear(sources.map((source) => source.date))
  return oldest !== undefined && oldest > asOf.slice(0, 4)
}
