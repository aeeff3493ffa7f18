import type { Answers } from '../../rules/answers.ts'
import { DERIVATIONS } from '../../rules/assess/derived.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Row, Table } from '../../rules/schema.ts'
import { inForce } from '../../rules/table.ts'
import type { Question } from '../schema.ts'
import type { Frame } from './frame.ts'
import { openAhead, partsOf, standingOf, type Part } from './items.ts'
import { decidedKnowledge, settledAfter } from './knowledge.ts'

/** A row that later answers may still decide. */
export interface Watched {
  readonly row: Row
  readonly table: Table
  readonly parts: readonly Part[]
}

/** What a table still has to decide at a frame, and what it has just decided. */
export interface Residue {
  readonly rows: readonly Watched[]
  /** Equal for two cases in which everything further decides alike. */
  readonly signature: string
  /** Rows that turned out to hold (`id`) or will stay possible (`id?`). */
  readonly outcomes: readonly string[]
}

export interface Watch {
  readonly start: readonly Watched[]
  at(frame: Frame, answers: Answers, rows: readonly Watched[]): Residue
  /** Whether no question from a place on can change what the table says. */
  isClosed(index: number): boolean
}

/** Follows one table along a path. Of tables that it only asks for their result, rows count by that result. */
export function watchOf(book: RuleBook, questions: readonly Question[], asOf: string, table: Table): Watch {
  const last = settledAfter(book, questions)
  const ahead = openAhead(book, questions)
  const closed = (each: Table, index: number) => each.inputs.every((key) => last(key) < index)
  const start = [table, ...asksFor(book, table)].flatMap((each) =>
    each.rows
      .filter((row) => inForce(row, asOf))
      .map((row) => ({ row, table: each, parts: partsOf(row.when, last) })),
  )
  // What was said counts again if nothing is typed, so cases that said different things are not alike until then.
  const said = DERIVATIONS.filter(({ key }) => start.some(({ row }) => Object.hasOwn(row.when, key)))
  return {
    start,
    isClosed: (index) => closed(table, index),
    at: (frame, answers, rows) => {
      if (rows.length === 0) return { rows, signature: '', outcomes: [] }
      const know = decidedKnowledge(book, ahead(answers, frame.index), asOf, frame.filing)
      const left: Watched[] = []
      const marks = new Set<string>()
      const outcomes: string[] = []
      for (const watched of rows) {
        const standing = standingOf(watched.parts, know, frame.index)
        if (!standing) continue
        const own = watched.table === table
        if (!standing.pending && (watched.table.hit === 'collect' || closed(watched.table, frame.index))) {
          if (own) outcomes.push(watched.row.id + standing.unsure)
          continue
        }
        left.push(watched)
        marks.add(
          own
            ? `${watched.row.id}${standing.unsure}${standing.waits}`
            : `${watched.table.id}=${watched.row.result}${standing.waits}`,
        )
      }
      for (const { key, from } of left.length > 0 ? said : [])
        if (last(from) >= frame.index) marks.add(`${key}=${String(answers[key])}`)
      return { rows: left, signature: [...marks].join(' '), outcomes }
    },
  }
}

/** Tables whose results this one asks about, and what those ask; the filing type comes with the frames. */
function asksFor(book: RuleBook, table: Table): readonly Table[] {
  const found = new Set<Table>()
  const add = (key: string) => {
    const other =
      book.keys.has(key) || key === 'filing-type' || key === table.id ? undefined : book.tables.get(key)
    if (!other || found.has(other)) return
    found.add(other)
    other.inputs.forEach(add)
  }
  table.inputs.forEach(add)
  return [...found]
}
