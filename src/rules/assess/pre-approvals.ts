import type { Text } from '../../language.ts'
import { withKnown } from '../answers.ts'
import { one, type Knowledge, type Known } from '../knowledge.ts'
import { tableOf, valuesOf, type RuleBook } from '../rulebook.ts'
import { evaluate, possibleResults } from '../table.ts'
import { statementOf, type Statement } from './statement.ts'

export type Need = 'required' | 'ask-locally' | 'no-longer-required'

export interface PreApproval extends Statement {
  readonly category: string
  /** Null while the answer depends on something open, such as the province. */
  readonly need: string | null
  readonly possible: readonly string[]
  readonly authority: Text | undefined
  readonly document: Text | undefined
  readonly next: Text | undefined
}

/**
 * What each service of the site needs before it can be filed. Rows of the same need (two papers for one
 * service) each give an entry; while the province is open, every possibility does.
 */
export function decidePreApprovals(book: RuleBook, know: Knowledge, asOf: string): readonly PreApproval[] {
  const table = tableOf(book, 'pre-approval')
  const services = know('website.services')
  if (services.kind !== 'list' || services.values === undefined) return []
  return services.values
    .filter((category) => category !== book.keys.get('website.services')?.alone)
    .flatMap((category) => {
      const hits = evaluate(table, withKnown(know, { category: one(category) }), asOf)
      const possible = possibleResults(table, hits)
      return hits.flatMap((hit) => {
        const result = table.results[hit.row.result]
        if (!result) return []
        return [
          {
            ...statementOf(book, hit.row, result.label, hit.certain),
            category,
            need: possible.length === 1 ? hit.row.result : null,
            possible,
            authority: hit.row.data?.['authority'],
            document: hit.row.data?.['document'],
            next: result.next,
          },
        ]
      })
    })
}

/** The strongest need over all services, as a key other tables may ask about: `none` when no service is listed. */
export function preApprovalKnown(book: RuleBook, know: Knowledge, approvals: readonly PreApproval[]): Known {
  const services = know('website.services')
  const needs = Object.keys(tableOf(book, 'pre-approval').results)
  if (services.kind !== 'list' || services.values === undefined) return one(...needs, 'none')
  const categories = [...new Set(approvals.map((approval) => approval.category))]
  const strongest = (pick: (possible: readonly string[]) => number) =>
    Math.min(needs.length, ...categories.map((category) => pick(approvals.find((a) => a.category === category)?.possible ?? [])))
  const rank = (need: string) => needs.indexOf(need)
  // Between the best and the worst case for each service everything is still possible.
  const worst = strongest((possible) => Math.min(...possible.map(rank)))
  const best = strongest((possible) => Math.max(...possible.map(rank)))
  return one(...[...needs, 'none'].slice(worst, best + 1))
}

/** All services a pre-approval may be needed for. */
export function preApprovalCategories(book: RuleBook): readonly string[] {
  const alone = book.keys.get('website.services')?.alone
  return valuesOf(book, 'website.services').filter((value) => value !== alone)
}
