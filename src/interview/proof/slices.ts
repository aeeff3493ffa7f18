import type { RuleBook } from '../../rules/rulebook.ts'
import type { Row, Table } from '../../rules/schema.ts'

/** Rows about regions that are watched together: more would multiply regions with everything else asked. */
const REGION_ROWS = 4

/**
 * Parts of a table that can be watched one by one. Rows of a `collect` table hold independently, so those that
 * ask the same keys make a part of their own; a `unique` table stays whole, since only together its rows give
 * one result.
 */
export function slicesOf(book: RuleBook, table: Table): readonly Table[] {
  if (table.hit === 'unique') return [table]
  const groups = new Map<string, Row[]>()
  for (const row of table.rows) {
    const keys = Object.keys(row.when).sort().join()
    groups.set(keys, [...(groups.get(keys) ?? []), row])
  }
  return [...groups.values()]
    .flatMap((rows) => chunks(rows, asksRegion(book, rows) ? REGION_ROWS : rows.length))
    .map((rows) => ({ ...table, rows, inputs: [...new Set(rows.flatMap(({ when }) => Object.keys(when)))] }))
}

function asksRegion(book: RuleBook, rows: readonly Row[]): boolean {
  return rows.some(({ when }) => Object.keys(when).some((key) => book.keys.get(key)?.type === 'region'))
}

function chunks<T>(items: readonly T[], size: number): readonly T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
