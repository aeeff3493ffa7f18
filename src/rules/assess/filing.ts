import type { Text } from '../../language.ts'
import { withBehind } from '../proof/domain.ts'
import { one, type Knowledge, type Known } from '../knowledge.ts'
import { tableOf, type RuleBook } from '../rulebook.ts'
import { evaluate, possibleResults } from '../table.ts'
import { statementOf, type Statement } from './statement.ts'

export interface Filing {
  /** Null while more than one is possible. */
  readonly type: string | null
  readonly possible: readonly string[]
  readonly reasons: readonly Statement[]
  /** What to do next for each possible type. */
  readonly next: Readonly<Record<string, Text>>
  readonly labels: Readonly<Record<string, Text>>
}

/** Which filing applies, by rules/decisions/filing-type.yaml. */
export function decideFiling(book: RuleBook, know: Knowledge, asOf: string): Filing {
  const table = tableOf(book, 'filing-type')
  const hits = evaluate(table, know, asOf)
  const possible = possibleResults(table, hits)
  const result = (name: string) => table.results[name]
  return {
    type: possible.length === 1 ? (possible[0] ?? null) : null,
    possible,
    reasons: hits.flatMap((hit) => {
      const label = result(hit.row.result)?.label
      return label ? [statementOf(book, hit.row, label, hit.certain)] : []
    }),
    next: Object.fromEntries(possible.flatMap((name) => entry(name, result(name)?.next))),
    labels: Object.fromEntries(possible.flatMap((name) => entry(name, result(name)?.label))),
  }
}

/** The types still possible, for conditions that ask about them; without the reasons, which cost most. */
export function possibleFilings(book: RuleBook, know: Knowledge, asOf: string): Known {
  const table = tableOf(book, 'filing-type')
  return one(...possibleResults(table, evaluate(table, know, asOf)))
}

/** Every key the decision asks about, or that decides whether such a key applies. */
export function filingKeys(book: RuleBook): ReadonlySet<string> {
  const known = asked.get(book)
  if (known) return known
  const { rows } = tableOf(book, 'filing-type')
  const made = new Set(
    withBehind(
      book,
      rows.flatMap((row) => Object.keys(row.when)),
    ),
  )
  asked.set(book, made)
  return made
}
const asked = new WeakMap<RuleBook, ReadonlySet<string>>()

export function filingKnown(filing: Filing): Known {
  return one(...filing.possible)
}

function entry(name: string, text: Text | undefined): readonly (readonly [string, Text])[] {
  return text ? [[name, text]] : []
}
