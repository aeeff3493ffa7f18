import type { Text } from '../../language.ts'
import type { RuleBook } from '../rulebook.ts'
import type { Confidence, Fact, Row, Source } from '../schema.ts'

/** A source as quoted: its key and what a reader needs to find it. */
export interface Quoted extends Pick<Source, 'title' | 'publisher' | 'date' | 'address'> {
  readonly id: string
}

/** Something the rules say about this case, with the rule it comes from. */
export interface Statement {
  readonly ruleId: string
  /** Result of the row, for rows of decision tables. */
  readonly result: string
  readonly label: Text
  readonly text: Text
  readonly sources: readonly Quoted[]
  readonly confidence: Confidence
  /** Facts behind the statement, for those who want to read on. */
  readonly factIds: readonly string[]
  /** False while an open answer could still take it away. */
  readonly certain: boolean
}

/** The same few sources are quoted over and over, so each is one object for as long as the book lives. */
const quoted = new WeakMap<Source, Quoted>()

export function quote(book: RuleBook, ids: readonly string[]): readonly Quoted[] {
  return ids.flatMap((id) => {
    const source = book.sources.get(id)
    return source ? [quotedOf(id, source)] : []
  })
}

function quotedOf(id: string, source: Source): Quoted {
  const known = quoted.get(source)
  if (known?.id === id) return known
  const { title, publisher, date, address } = source
  const made: Quoted = { id, title, publisher, date, address }
  quoted.set(source, made)
  return made
}

export function statementOf(book: RuleBook, row: Row, label: Text, certain: boolean): Statement {
  return {
    ruleId: row.id,
    result: row.result,
    label,
    text: row.because,
    sources: quote(book, row.sources),
    confidence: row.confidence,
    factIds: row.facts ?? [],
    certain,
  }
}

/** Whether a fact held on a day. One that was superseded counts up to the year of its newest source. */
export function heldOn(fact: Fact, asOf: string): boolean {
  if (fact.superseded && asOf.slice(0, 4) > fact.newest.slice(0, 4)) return false
  return (fact.from === undefined || fact.from <= asOf) && (fact.until === undefined || asOf <= fact.until)
}
