import { accepts } from '../condition.ts'
import type { RuleBook } from '../rulebook.ts'
import type { Condition, ConditionValue, Row } from '../schema.ts'
import type { Change, ChangeScope } from './changes.ts'
import { rowEntry } from './entry.ts'
import { aboutRegions, acceptsRegion, rowInScope, valuesNamed, type TableRow } from './scope.ts'

/** Rows of decision tables that began or ended in a period. A row that took another's place names it as `before`. */
export function rowChanges(book: RuleBook, scope: ChangeScope): readonly Change[] {
  const rows = allRows(book).filter(({ row }) => concerns(book, row, scope))
  const begun = rows.filter(({ row }) => row.from !== undefined && row.from > scope.since && row.from <= scope.until)
  const replaced = new Set<Row>()
  const begins = begun.map((begin): Change => {
    const former = rows.filter((other) => precedes(other, begin))
    for (const { row } of former) replaced.add(row)
    return {
      event: 'begins',
      date: begin.row.from ?? '',
      entries: [rowEntry(book, begin.table, begin.row, scope.until)],
      regions: regionsOf(book, begin.row),
      before: former.map(({ table, row }) => rowEntry(book, table, row, scope.until)),
    }
  })
  const ends = rows
    .filter(({ row }) => row.until !== undefined && row.until >= scope.since && row.until < scope.until)
    .filter(({ row }) => !replaced.has(row))
    .map(({ table, row }): Change => {
      const entries = [rowEntry(book, table, row, scope.until)]
      return { event: 'ends', date: row.until ?? '', entries, regions: regionsOf(book, row), before: [] }
    })
  return [...begins, ...ends]
}

function allRows(book: RuleBook): readonly TableRow[] {
  return [...book.tables.values()].flatMap((table) => table.rows.map((row) => ({ table, row })))
}

/** Whether a row of the same table ended before another began and answered some of the same cases. */
function precedes(former: TableRow, later: TableRow): boolean {
  return (
    former.table === later.table &&
    former.row.until !== undefined &&
    later.row.from !== undefined &&
    former.row.until < later.row.from &&
    meet(former.row.when, later.row.when)
  )
}

/** Whether two conditions can hold at once, judged by the values they name. */
function meet(a: Condition, b: Condition): boolean {
  return Object.entries(a).every(([key, left]) => {
    const right = b[key]
    if (right === undefined) return true
    const named = [...valuesNamed(left), ...valuesNamed(right)]
    const bothExclude = isNegative(left) && isNegative(right)
    return bothExclude || named.some((value) => accepts(left, value) && accepts(right, value))
  })
}

function isNegative(wanted: ConditionValue): boolean {
  return typeof wanted === 'object' && !Array.isArray(wanted)
}

function regionsOf(book: RuleBook, row: Row): readonly string[] {
  return aboutRegions(book, row).flatMap((wanted) => (isNegative(wanted) ? [] : valuesNamed(wanted)))
}

function concerns(book: RuleBook, row: Row, { regions = [], entity }: ChangeScope): boolean {
  return rowInScope(book, row, entity) && (regions.length === 0 || regions.some((region) => acceptsRegion(book, row, region)))
}
