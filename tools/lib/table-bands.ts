import type { Condition, Row } from '../../src/rules/schema.ts'

/** Neighbouring rows and the conditions all of them share; said once, the rest of each row is easy to read. */
export interface Band {
  readonly rows: readonly Row[]
  readonly shared: Condition
}

interface Cut {
  readonly saved: number
  readonly bands: readonly Band[]
}

/** A heading of its own is worth it for this many rows that share this many conditions. */
const ROWS = 3
const CONDITIONS = 2

/** Cuts rows, in their order, into bands so that the fewest conditions are left to say in each row. */
export function bandsOf(rows: readonly Row[]): readonly Band[] {
  // Best cut of the rows from `start` on, worked out from the end.
  let best: readonly Cut[] = [{ saved: 0, bands: [] }]
  for (let start = rows.length - 1; start >= 0; start -= 1)
    best = [bestFrom(rows.slice(start), best), ...best]
  return best[0]?.bands ?? []
}

/** `later[n]` is the best cut once the first n + 1 rows are taken. */
function bestFrom(rows: readonly Row[], later: readonly Cut[]): Cut {
  const [first] = rows
  if (!first) return { saved: 0, bands: [] }
  let best = alone(first, later[0])
  let shared: Condition = first.when
  for (let length = 2; length <= rows.length; length += 1) {
    shared = common(shared, rows[length - 1]?.when ?? {})
    const conditions = Object.keys(shared).length
    if (conditions < CONDITIONS) break
    const rest = later[length - 1]
    const saved = (length - 1) * conditions - 1 + (rest?.saved ?? 0)
    if (length >= ROWS && saved > best.saved)
      best = { saved, bands: [{ rows: rows.slice(0, length), shared }, ...(rest?.bands ?? [])] }
  }
  return best
}

/** A row without a heading joins the rows behind it that have none either. */
function alone(row: Row, rest: Cut | undefined): Cut {
  const [next, ...others] = rest?.bands ?? []
  const joins = next !== undefined && Object.keys(next.shared).length === 0
  return {
    saved: rest?.saved ?? 0,
    bands: joins
      ? [{ rows: [row, ...next.rows], shared: {} }, ...others]
      : [{ rows: [row], shared: {} }, ...(rest?.bands ?? [])],
  }
}

function common(a: Condition, b: Condition): Condition {
  return Object.fromEntries(
    Object.entries(a).filter(([key, wanted]) => JSON.stringify(b[key]) === JSON.stringify(wanted)),
  )
}
