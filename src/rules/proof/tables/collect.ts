import type { RuleBook } from '../../rulebook.ts'
import type { Row, Table } from '../../schema.ts'
import type { Problem } from '../problem.ts'
import { neverHolds, type Coverage } from './cover.ts'
import { visitCases } from './space.ts'

/** In a `collect` table rows stand side by side: each must be able to hold, and none may say what another says already. */
export function coverCollect(book: RuleBook, table: Table): Coverage {
  const file = `rules/decisions/${table.id}.yaml`
  const problems: Problem[] = []
  let cases = 0
  for (const row of table.rows) {
    let reached = false
    visitCases(book, [row], (found) => {
      cases += 1
      reached ||= found.rows.length > 0
    })
    if (!reached) problems.push(neverHolds(file, row))
  }
  table.rows.forEach((row, index) => {
    for (const other of table.rows.slice(0, index)) {
      if (row.result !== other.result || !together(row, other)) continue
      const { rowAlone, otherAlone, both } = compared(book, row, other)
      if (!both || (rowAlone && (otherAlone || !sameWords(row, other)))) continue
      if (!rowAlone && otherAlone && !sameWords(row, other)) continue
      problems.push({
        file,
        place: row.id,
        problem: `shadowed: in the same cases "${other.id}" gives the result "${row.result}" already, so it would be listed twice`,
        remedy: 'Remove one of the two, or give them conditions that do not meet.',
      })
    }
  })
  return { problems, cases }
}

function compared(book: RuleBook, row: Row, other: Row): { rowAlone: boolean; otherAlone: boolean; both: boolean } {
  let [rowAlone, otherAlone, both] = [false, false, false]
  visitCases(book, [row, other], ({ rows }) => {
    const [first, second] = rows
    if (first && second) both = true
    else if (first === row) rowAlone = true
    else if (first === other) otherAlone = true
  })
  return { rowAlone, otherAlone, both }
}

/** Whether there is a day on which both are in force. */
function together(a: Row, b: Row): boolean {
  return !((a.until !== undefined && b.from !== undefined && a.until < b.from) || (b.until !== undefined && a.from !== undefined && b.until < a.from))
}

function sameWords(a: Row, b: Row): boolean {
  return a.because.en === b.because.en
}
