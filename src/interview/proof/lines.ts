import { UNSURE, type AnswerValue, type Answers } from '../../rules/answers.ts'
import type { Collected } from '../../rules/assess/collected.ts'
import { valuesOf, type RuleBook } from '../../rules/rulebook.ts'
import type { Table } from '../../rules/schema.ts'
import { evaluate } from '../../rules/table.ts'
import type { Resolution } from '../resolve.ts'
import { decidedKnowledge } from './knowledge.ts'
import { valueWords } from './words.ts'

/** Tables that have a column of their own in a line; further ones follow under their names. */
const OWN_COLUMNS = [
  'filing-type',
  'pre-approval',
  'commercial-licence',
  'documents',
  'sms-recipient',
  'obligations',
  'notices',
]

/** What the product says at the end of a path, by column. Ids only, `?` where something is possible, not certain. */
export type Columns = ReadonlyMap<string, string>

export function columnsOf(
  book: RuleBook,
  tables: readonly Table[],
  answers: Answers,
  { assessment }: Resolution,
): Columns {
  const { filing, preApprovals, commercialLicence, documents, sms, obligations, notices, asOf } = assessment
  const know = decidedKnowledge(book, answers, asOf)
  const further = tables
    .filter(({ id }) => !OWN_COLUMNS.includes(id))
    .map((table): [string, string] => [
      table.id,
      words(evaluate(table, know, asOf).map(({ row, certain }) => row.result + (certain ? '' : '?'))),
    ])
  return new Map([
    ['filing', filing.possible.join(' or ') || 'NO RESULT'],
    [
      'pre-approval',
      words(preApprovals.map((approval) => `${approval.category} ${approval.need ?? 'open'}`)),
    ],
    ['licence', commercialLicence.result],
    ['documents', ids(documents)],
    ['sms', `${sms.required === null ? 'open' : sms.required ? 'yes' : 'no'} since ${sms.since ?? 'open'}`],
    ['sms to', words(sms.recipients.map(({ result }) => result))],
    ['obligations', ids(obligations)],
    ['notices', ids(notices)],
    ...further,
  ])
}

/** One line of the snapshot: what was answered, then every column of the plain path, or those that differ from it. */
export function lineOf(said: string, columns: Columns, plain?: Columns): string {
  const told = [...columns].filter(([name, words]) => name !== 'filing' && plain?.get(name) !== words)
  return `${said} → ${[columns.get('filing'), ...told.map(([name, words]) => `${name}: ${words}`)].join(' | ')}`
}

/** Answers in words, alike ones together. */
export function groupsSaid(book: RuleBook, groups: Readonly<Record<string, readonly AnswerValue[]>>): string {
  return Object.entries(groups)
    .map(([key, values]) => `${key}=${groupWords(book, key, values)}`)
    .join(' ')
}

/** "CN-BJ,CN-TJ", or what is left out where that is shorter. */
function groupWords(book: RuleBook, key: string, values: readonly AnswerValue[]): string {
  const all = valuesOf(book, key)
  const others = all.filter(
    (value) => !values.some((given) => given === value || (Array.isArray(given) && given.includes(value))),
  )
  const lists = values.every((value) => typeof value !== 'string')
  if (!lists && values.length > 3 && others.length < values.length && !values.includes(UNSURE))
    return others.length === 0 ? 'any' : `not:${others.join(',')}`
  return values
    .map((value) => (Array.isArray(value) && value.length > 3 ? 'all-services' : valueWords(value)))
    .join(',')
}

function ids(items: readonly Collected[]): string {
  return words(items.map(({ ruleId, certain }) => ruleId.replace(/^[^.]*\./, '') + (certain ? '' : '?')))
}

function words(items: readonly string[]): string {
  return [...new Set(items)].join(' ') || '–'
}
