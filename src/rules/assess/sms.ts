import type { Known, Knowledge } from '../knowledge.ts'
import { tableOf, type RuleBook } from '../rulebook.ts'
import { evaluate } from '../table.ts'
import { quote, statementOf, type Quoted, type Statement } from './statement.ts'

export interface Sms {
  /** Null while the region is open and regions differ on that day. */
  readonly required: boolean | null
  /** First day of the requirement in the region (ISO date). */
  readonly since: string | null
  readonly recipients: readonly Statement[]
  readonly factIds: readonly string[]
  readonly sources: readonly Quoted[]
}

/** Whether the ministry's text message must be answered, since when in this region, and by whom. */
export function decideSms(book: RuleBook, know: Knowledge, filing: Known, asOf: string): Sms {
  const region = know('entity.province')
  const possible = region.kind === 'one' ? region.possible : []
  const regions = [...book.provinces.values()].filter((province) => possible.includes(province.province))
  const starts = [...new Set(regions.map((province) => province.sms.since))]
  const verdicts = new Set(starts.map((since) => since <= asOf))
  const table = tableOf(book, 'sms-recipient')
  const recipients = evaluate(table, (key) => (key === 'filing-type' ? filing : know(key)), asOf).flatMap((hit) => {
    const label = table.results[hit.row.result]?.label
    return label ? [statementOf(book, hit.row, label, hit.certain)] : []
  })
  const nothingFiled = recipients.length > 0 && recipients.every((recipient) => recipient.result === 'nobody')
  const factIds = regions.length === 1 ? (regions[0]?.sms.facts ?? []) : ['sms.scope.now']
  return {
    required: nothingFiled ? false : verdicts.size === 1 ? verdicts.has(true) : null,
    since: starts.length === 1 ? (starts[0] ?? null) : null,
    recipients,
    factIds,
    sources: quote(
      book,
      factIds.flatMap((id) => book.facts.get(id)?.sources ?? []),
    ),
  }
}
