import type { Text } from '../../language.ts'
import type { Knowledge } from '../knowledge.ts'
import { tableOf, type RuleBook } from '../rulebook.ts'
import { evaluate, possibleResults } from '../table.ts'
import { statementOf, type Statement } from './statement.ts'

export interface CommercialLicence {
  readonly result: 'required' | 'not-required' | 'open'
  readonly reasons: readonly Statement[]
  readonly next: Text | undefined
}

/** Whether a commercial ICP licence is needed besides the filing; `open` until it is known. */
export function decideLicence(book: RuleBook, know: Knowledge, asOf: string): CommercialLicence {
  const table = tableOf(book, 'commercial-licence')
  const hits = evaluate(table, know, asOf)
  const [only, ...others] = possibleResults(table, hits)
  const settled = others.length === 0 && (only === 'required' || only === 'not-required') ? only : 'open'
  return {
    result: settled,
    reasons: hits.flatMap((hit) => {
      const label = table.results[hit.row.result]?.label
      return label ? [statementOf(book, hit.row, label, hit.certain)] : []
    }),
    next: settled === 'open' ? undefined : table.results[settled]?.next,
  }
}
