import { holds } from './condition.ts'
import type { Knowledge } from './knowledge.ts'
import type { Row, Table } from './schema.ts'

/** A row that may apply, and whether it surely does. */
export interface Hit {
  readonly row: Row
  readonly certain: boolean
}

/**
 * The rows of a table that hold or may still hold on a day (ISO date). In a `unique` table they name the set of
 * results still possible: one when everything that matters is known. Rows are compared one by one, so an
 * unknown input never picks a result by itself.
 */
export function evaluate(table: Table, know: Knowledge, asOf: string): readonly Hit[] {
  const hits: Hit[] = []
  for (const row of table.rows) {
    if (!inForce(row, asOf)) continue
    const truth = holds(row.when, know)
    if (truth !== 'false') hits.push({ row, certain: truth === 'true' })
  }
  return hits
}

/** Results still possible, in the order in which the table declares them. */
export function possibleResults(table: Table, hits: readonly Hit[]): readonly string[] {
  const found = new Set(hits.map((hit) => hit.row.result))
  return Object.keys(table.results).filter((result) => found.has(result))
}

/** `from` is the first day, `until` the last day on which it held; both optional (ISO dates). */
export function inForce(dated: { from?: string | undefined; until?: string | undefined }, asOf: string): boolean {
  return (dated.from === undefined || dated.from <= asOf) && (dated.until === undefined || asOf <= dated.until)
}
