import type { Text } from '../../language.ts'
import type { Knowledge } from '../knowledge.ts'
import { tableOf, type RuleBook } from '../rulebook.ts'
import type { Conflict, Row } from '../schema.ts'
import { evaluate, possibleResults } from '../table.ts'
import type { Due } from './collected.ts'
import { inRegion } from './in-region.ts'
import { statementOf, type Statement } from './statement.ts'

/** One row of a table as it applies to the case, with all that an applicant may want to know about it. */
export interface Ruling extends Statement {
  /** Details under the names the table gives them, such as `who`, `where`, `deadline`. */
  readonly data: Readonly<Record<string, Text>>
  readonly due: Due | null
  readonly next: Text | undefined
  /** Where sources differ on the facts behind it: the cautious advice and every position with its date. */
  readonly conflicts: readonly Conflict[]
}

/** What a `unique` table says: one result, or the set that is still possible. */
export interface Decision {
  /** Null while more than one is possible. */
  readonly result: string | null
  readonly possible: readonly string[]
  readonly reasons: readonly Ruling[]
}

/** Evaluates a `unique` table on a day (ISO date). */
export function decide(book: RuleBook, tableId: string, know: Knowledge, asOf: string): Decision {
  const table = tableOf(book, tableId)
  const possible = possibleResults(table, evaluate(table, know, asOf))
  return {
    result: possible.length === 1 ? (possible[0] ?? null) : null,
    possible,
    reasons: rulings(book, tableId, know, asOf),
  }
}

/** Every row of a table that holds or may still hold on a day (ISO date), in the order of the table. */
export function rulings(book: RuleBook, tableId: string, know: Knowledge, asOf: string): readonly Ruling[] {
  const table = tableOf(book, tableId)
  return evaluate(table, know, asOf).flatMap((hit) => {
    const result = table.results[hit.row.result]
    if (!result) return []
    const row = inRegion(book, hit.row, know)
    return [
      {
        ...statementOf(book, row, result.label, hit.certain),
        data: row.data ?? {},
        due: row.due ?? null,
        next: result.next,
        conflicts: conflictsBehind(book, row),
      },
    ]
  })
}

function conflictsBehind(book: RuleBook, row: Row): readonly Conflict[] {
  const ids = new Set((row.facts ?? []).flatMap((id) => book.facts.get(id)?.conflictsWith ?? []))
  return [...ids].flatMap((id) => book.conflicts.get(id) ?? [])
}
