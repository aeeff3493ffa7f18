import { parseArgs } from 'node:util'
import { z } from 'zod'
import { nearestLanguage, type Language } from '../../src/language.ts'
import { findEntry, searchEntries, similarIds } from '../../src/rules/report/find.ts'
import { printChanges } from './print-changes.ts'
import { printDiff } from './print-diff.ts'
import { entryTable } from './print-entry.ts'
import { printShow } from './print-show.ts'
import {
  entityNamed,
  openReport,
  readBooks,
  regionNamed,
  type Books,
  type ReportContext,
} from './report-context.ts'
import { UsageError } from './usage-error.ts'
import { loadWords } from './words.ts'

export interface Surroundings {
  /** Locale as the environment names it, such as `zh_CN.UTF-8`. */
  readonly locale: string | undefined
  /** Today as an ISO date, Asia/Shanghai. */
  readonly today: string
  readonly columns: number | undefined
  /** Folder that holds `rules/` and `dialogs/`. */
  readonly root: string
  /** Rules and dialogs already read, for those who ask often. */
  readonly books?: Books
}

const OPTIONS = {
  lang: { type: 'string' },
  'as-of': { type: 'string' },
  since: { type: 'string' },
  rules: { type: 'string' },
  dialogs: { type: 'string' },
  width: { type: 'string' },
  help: { type: 'boolean' },
} as const

/** `npm run rules -- …`: returns what to print. Throws UsageError with what is possible when asked for the impossible. */
export function rulesCommand(argv: readonly string[], around: Surroundings): string {
  const language = languageFrom(argv, around)
  const say = loadWords().say(language)
  const { values, positionals } = parse(argv, say('usage'))
  const [command, ...rest] = positionals
  if (values.help || command === undefined) return say('usage')

  const day = (word: string | undefined, otherwise: string) => {
    if (word === undefined) return otherwise
    if (z.iso.date().safeParse(word).success) return word
    throw new UsageError(say('wrong-date', { word }))
  }
  const width = Number(values.width ?? Math.min(Math.max(around.columns ?? 110, 60), 160))
  if (!Number.isInteger(width) || width < 60 || width > 300)
    throw new UsageError(say('wrong-width', { word: values.width ?? '' }))
  const rulesFolder = values.rules ?? `${around.root}/rules`
  const books = around.books ?? readBooks(rulesFolder, values.dialogs ?? `${around.root}/dialogs`)
  const asOf = day(values['as-of'], around.today)
  const context = openReport(books, { language, width, today: around.today, asOf })

  switch (command) {
    case 'diff':
      return diff(context, rest)
    case 'show':
      return show(context, rest)
    case 'changes':
      if (values.since === undefined) throw new UsageError(say('need-since'))
      return changes(context, day(values.since, ''), rest)
    case 'fact':
      return fact(context, rest.join(' '))
    case 'search':
      return search(context, rest)
    default:
      throw new UsageError(`${say('wrong-command', { word: command })}\n${say('usage')}`)
  }
}

function diff(context: ReportContext, [first, second, entity]: readonly string[]): string {
  if (first === undefined || second === undefined) throw new UsageError(context.say('two-regions'))
  const regions = [regionNamed(context, first), regionNamed(context, second)] as const
  if (regions[0] === regions[1]) throw new UsageError(context.say('same-region'))
  return printDiff(context, ...regions, entityNamed(context, entity))
}

function show(context: ReportContext, [region, entity]: readonly string[]): string {
  if (region === undefined) throw new UsageError(context.say('one-region'))
  return printShow(context, regionNamed(context, region), entityNamed(context, entity))
}

function changes(context: ReportContext, since: string, [region, entity]: readonly string[]): string {
  if (since >= context.asOf) throw new UsageError(context.say('wrong-order', { since, until: context.asOf }))
  const regions = region === undefined ? [] : [regionNamed(context, region)]
  return printChanges(context, since, regions, entityNamed(context, entity))
}

function fact(context: ReportContext, id: string): string {
  const { say, book, asOf } = context
  if (id === '') throw new UsageError(say('need-id'))
  const entry = findEntry(book, id, asOf)
  if (entry) return entryTable(context, [entry])
  const similar = similarIds(book, id)
  const hint = similar.length > 0 ? `\n${say('similar')}${say('colon')}${similar.join(say('comma'))}` : ''
  throw new UsageError(say('wrong-id', { word: id }) + hint)
}

function search(context: ReportContext, words: readonly string[]): string {
  const { say, book, asOf } = context
  if (words.length === 0) throw new UsageError(say('need-words'))
  const found = searchEntries(book, words, asOf)
  const title = say('title-search', { words: words.join(' '), count: found.length })
  return found.length > 0 ? `${title}\n${entryTable(context, found)}` : `${title}\n${say('none-found')}`
}

/** Asked for, else that of the terminal, else English. */
function languageFrom(argv: readonly string[], { locale }: Surroundings): Language {
  const own = nearestLanguage(locale) ?? 'en'
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const asked = argv[at]?.split('=')[1] ?? (at >= 0 ? argv[at + 1] : undefined)
  if (asked === undefined) return own
  const language = nearestLanguage(asked)
  if (language) return language
  throw new UsageError(loadWords().say(own)('wrong-language', { word: asked }))
}

function parse(argv: readonly string[], usage: string) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : ''}\n${usage}`, { cause: error })
  }
}
