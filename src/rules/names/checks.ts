import type { RuleBook } from '../rulebook.ts'
import { likeEntity } from './like-entity.ts'
import { hanCount, hasInvisible, type PlainName } from './plain-name.ts'
import type { Check, NameRule } from './schema.ts'

/** What is known besides the name itself. */
export interface About {
  readonly entityName?: string | undefined
  readonly domain?: string | undefined
}

export interface Checked {
  readonly book: RuleBook
  readonly rule: NameRule
  readonly name: PlainName
  readonly entityName: PlainName | undefined
  readonly domain: string | undefined
}

/** The part of a name that a rule objects to; undefined when it does not. One entry for each check. */
export const FIND: Readonly<Record<Check, (checked: Checked) => string | undefined>> = {
  contains: ({ name, ...of }) => longest(wordsOf(of).filter((word) => name.bare.includes(word))),
  starts: ({ name, ...of }) => longest(wordsOf(of).filter((word) => name.bare.startsWith(word))),
  equals: ({ name, ...of }) => wordsOf(of).find((word) => name.bare === word),
  'not-of-form': ({ name, ...of }) => (wordsOf(of).some((word) => name.bare.endsWith(word)) ? undefined : name.shown),
  'only-latin-or-digits': ({ name }) => (/^[\p{Script=Latin}\p{Nd}]+$/u.test(name.bare) ? name.shown : undefined),
  'contains-latin': ({ name }) => /\p{Script=Latin}+/u.exec(name.bare)?.[0],
  'fewer-han-than': ({ name, rule }) => (hanCount(name.bare) < (rule.length ?? 0) ? name.shown || name.typed : undefined),
  'more-characters-than': ({ name, rule }) => ([...name.bare].length > (rule.length ?? Infinity) ? name.shown : undefined),
  // Brackets stand in the names of many organisations; a space between Latin words does no harm.
  'special-characters': ({ name }) => /[^\p{L}\p{N}()\s·]/u.exec(name.shown)?.[0],
  'invisible-characters': ({ name }) => (hasInvisible(name.typed) ? name.shown : undefined),
  domain: ({ name, domain }) => domainIn(name.shown.replace(/\s/g, ''), domain),
  'region-names': ({ name, book }) => longest(regionNames(book).filter((word) => name.bare.includes(word))),
  'unlike-entity': ({ name, entityName, book }) =>
    entityName === undefined || likeEntity(name.bare, entityName.bare, regionNames(book)) ? undefined : name.shown,
}

function wordsOf({ rule, book }: Pick<Checked, 'rule' | 'book'>): readonly string[] {
  return [...(rule.words ?? []), ...(rule.wordsFrom ? (book.facts.get(rule.wordsFrom)?.words ?? []) : [])]
}

function longest(words: readonly string[]): string | undefined {
  return words.toSorted((a, b) => b.length - a.length)[0]
}

function domainIn(shown: string, domain: string | undefined): string | undefined {
  const own = domain?.toLowerCase()
  if (own && (shown === own || shown === own.split('.')[0])) return shown
  return /(?:https?:\/\/|www\.)\S+/u.exec(shown)?.[0] ?? /[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/u.exec(shown)?.[0]
}

/** Names of the regions in Chinese, long and short (two characters and more: single ones stand in too many words). */
function regionNames(book: RuleBook): readonly string[] {
  return [...book.provinces.values()]
    .flatMap((province) => [province.name['zh-CN'], ...province.aliases])
    .filter((name) => hanCount(name) >= 2)
}
