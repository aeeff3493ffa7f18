import { one, type Knowledge, type Known } from '../../knowledge.ts'
import type { RuleBook } from '../../rulebook.ts'
import type { Row, Table } from '../../schema.ts'
import { evaluate, inForce, possibleResults } from '../../table.ts'
import { domainOf } from '../domain.ts'
import { listed, type Problem } from '../problem.ts'
import { periodsOf, type Period } from './days.ts'
import { visitCases, type CaseClass, type Given } from './space.ts'
import { caseWords } from './words.ts'

export interface Coverage {
  readonly problems: readonly Problem[]
  /** Cases decided, those that no row tells apart counted once, all periods together. */
  readonly cases: number
}

/** A `unique` table answers every case with exactly one row, on every day; every row is the answer to some case. */
export function coverUnique(book: RuleBook, table: Table): Coverage {
  const file = `rules/decisions/${table.id}.yaml`
  const gaps = new Map<string, { given: readonly Given[]; period: Period; more: number }>()
  const clashes = new Map<string, { rows: readonly [Row, Row]; given: readonly Given[]; period: Period }>()
  const reached = new Set<Row>()
  const alone = new Set<Row>()
  let cases = 0
  for (const period of periodsOf(table.rows)) {
    const rows = table.rows.filter((row) => inForce(row, period.day))
    visitCases(book, rows, (found) => {
      if (!isPossible(book, table, found, period.day)) return
      cases += 1
      found.rows.forEach((row) => reached.add(row))
      const [first, second] = found.rows
      if (!first) {
        const given = smallest(book, { ...table, rows }, found.given, period.day)
        const words = caseWords(book, given)
        const known = gaps.get(words)
        gaps.set(words, { given, period: known?.period ?? period, more: (known?.more ?? -1) + 1 })
      } else if (!second) alone.add(first)
      else {
        const key = `${first.id} ${second.id}`
        if (!clashes.has(key)) clashes.set(key, { rows: [first, second], given: found.given, period })
      }
    })
  }
  const gapList = [...gaps.values()].sort((a, b) => a.given.length - b.given.length)
  const shadowed = new Set(table.rows.filter((row) => reached.has(row) && !alone.has(row)))
  return {
    cases,
    problems: [
      ...gapList.slice(0, 3).map(({ given, period }, index) => ({
        file,
        place: 'rows',
        problem: `a gap: no row answers a case that can happen${index === 2 && gapList.length > 3 ? ` (and ${gapList.length - 3} more such cases)` : ''}`,
        remedy: 'Add a row for the case, widen the row that should hold, or restore one that was removed.',
        example: `${caseWords(book, given)} (${period.words})`,
      })),
      ...table.rows.filter((row) => !reached.has(row)).map((row) => neverHolds(file, row)),
      ...[...clashes.values()].map(({ rows: [first, second], given, period }) => {
        const hidden = [second, first].find((row) => shadowed.has(row))
        const other = hidden === first ? second : first
        return {
          file,
          place: hidden?.id ?? second.id,
          problem: hidden
            ? `shadowed: every case of this row is also answered by "${other.id}"`
            : `overlap: this row and "${first.id}" both answer the same case`,
          remedy: hidden
            ? 'Remove one of the two, or narrow the conditions of the other, so that each case has one answer.'
            : 'Narrow one of the two with a further condition, so that each case has one answer.',
          example: `${caseWords(book, told(given, [first, second]))} (${period.words})`,
        }
      }),
    ],
  }
}

export function neverHolds(file: string, row: Row): Problem {
  return {
    file,
    place: row.id,
    problem: 'no case ever reaches this row: its conditions cannot all hold at once',
    remedy: 'Correct its conditions, or remove the row. See `only` in rules/keys.yaml for keys that apply in some cases only.',
    example: listed(Object.entries(row.when).map(([key, wanted]) => `${key}: ${JSON.stringify(wanted)}`), 12),
  }
}

/** What the rows ask about, and nothing else. */
function told(given: readonly Given[], rows: readonly Row[]): readonly Given[] {
  return given.filter(({ key }) => rows.some((row) => key in row.when || (key === 'entity.kind' && 'entity.group' in row.when)))
}

/** Leaves out what the gap does not depend on: with it open there is still no row. */
function smallest(book: RuleBook, table: Table, given: readonly Given[], day: string): readonly Given[] {
  let left = given
  for (const candidate of given) {
    const fewer = left.filter((item) => item !== candidate)
    if (evaluate(table, knowing(book, fewer), day).length === 0) left = fewer
  }
  return left
}

/** Whether the results of other tables that a case names can come about together with the rest of it. */
function isPossible(book: RuleBook, table: Table, found: CaseClass, day: string): boolean {
  return found.given.every(({ key, values }) => {
    const other = key === table.id || key === 'pre-approval' || book.keys.has(key) ? undefined : book.tables.get(key)
    if (!other) return true
    const possible = possibleResults(other, evaluate(other, knowing(book, found.given), day))
    return values.some((value) => possible.includes(value))
  })
}

/** What is given is known, everything else open. */
function knowing(book: RuleBook, given: readonly Given[]): Knowledge {
  const known = new Map<string, Known>(given.map((item) => [item.key, item.known]))
  const kinds = known.get('entity.kind')
  if (kinds?.kind === 'one') {
    const groups = Object.keys(book.groups).filter((group) => kinds.possible.some((kind) => book.groups[group]?.includes(kind)))
    known.set('entity.group', one(...groups))
  }
  return (key) =>
    known.get(key) ??
    (book.keys.get(key)?.type === 'choices' ? { kind: 'list', values: undefined } : one(...(domainOf(book, key) ?? [])))
}
