import { loadDialogs, type Dialogs } from '../../src/interview/dialogs.ts'
import type { Language } from '../../src/language.ts'
import { findRegion } from '../../src/rules/report/find.ts'
import { loadRuleBook, type RuleBook } from '../../src/rules/rulebook.ts'
import { labelsOf, type Labels } from './labels.ts'
import { UsageError } from './usage-error.ts'
import { loadWords, type Say } from './words.ts'

/** What every report needs: the rules, the words of one language, the width of the terminal and the days. */
export interface ReportContext {
  readonly book: RuleBook
  readonly dialogs: Dialogs
  readonly language: Language
  readonly say: Say
  readonly labels: Labels
  /** Columns of the terminal. */
  readonly width: number
  /** Day asked about, and today (ISO dates, Asia/Shanghai). */
  readonly asOf: string
  readonly today: string
}

export type Books = Pick<ReportContext, 'book' | 'dialogs'>
export type ReportOptions = Pick<ReportContext, 'language' | 'width' | 'asOf' | 'today'>

/** Reads rules and dialogs from their folders. */
export function readBooks(rules: string, dialogs: string): Books {
  return { book: loadRuleBook(rules), dialogs: loadDialogs(dialogs) }
}

export function openReport({ book, dialogs }: Books, options: ReportOptions): ReportContext {
  const words = loadWords()
  const { language } = options
  return {
    book,
    dialogs,
    say: words.say(language),
    labels: labelsOf(book, dialogs, words, language),
    ...options,
  }
}

/** Code of the region meant; names all that exist where there is none of that name. */
export function regionNamed({ book, say, language }: ReportContext, word: string): string {
  const region = findRegion(book, word)
  if (region !== undefined) return region
  const possible = [...book.provinces.values()].map(
    (province) => `${province.province} ${province.name[language]}`,
  )
  throw new UsageError(`${say('wrong-region', { word })}\n  ${possible.join(say('comma'))}`)
}

export function regionName({ book, language }: ReportContext, region: string): string {
  return book.provinces.get(region)?.name[language] ?? region
}

/** Entity kind or group meant: an id, or a label or synonym of the question that asks for it. */
export function entityNamed(
  { book, dialogs, say, labels }: ReportContext,
  word: string | undefined,
): string | undefined {
  if (word === undefined) return undefined
  const wanted = word.toLowerCase()
  const groups = Object.keys(book.groups)
  if (groups.includes(wanted)) return wanted
  const options = dialogs.questions.get('entity.kind')?.options ?? []
  const found = options.find((option) =>
    [option.value, option.label['zh-CN'], option.label.en, ...option.synonyms].some(
      (name) => name.toLowerCase() === wanted,
    ),
  )
  if (found) return found.value
  const possible = [...new Set([...groups, ...options.map((option) => option.value)])].map(
    (id) => `${id} (${labels.entities([id])})`,
  )
  throw new UsageError(`${say('wrong-entity', { word })}\n  ${possible.join('\n  ')}`)
}
