import type { Knowledge } from '../knowledge.ts'
import { tableOf, type RuleBook } from '../rulebook.ts'
import type { Row } from '../schema.ts'
import { evaluate } from '../table.ts'
import { inRegion } from './in-region.ts'
import { statementOf, type Statement } from './statement.ts'

export interface Due {
  readonly days: number
  /** Event from which the days count, such as `site-opened`. */
  readonly after: string
  readonly workingDays: boolean
}

export interface Collected extends Statement {
  readonly due: Due | null
}

/** Every row of a `collect` table that holds or may still hold: documents, obligations, notices. */
export function collect(book: RuleBook, tableId: string, know: Knowledge, asOf: string): readonly Collected[] {
  const table = tableOf(book, tableId)
  return evaluate(table, know, asOf).flatMap((hit) => {
    const label = table.results[hit.row.result]?.label
    return label ? [{ ...statementOf(book, inRegion(book, hit.row, know), label, hit.certain), due: dueOf(hit.row) }] : []
  })
}

function dueOf(row: Row): Due | null {
  return row.due ?? null
}
