import type { RuleBook } from '../rules/rulebook.ts'
import { contains, deniedSpans } from './denials.ts'
import type { Lexicon } from './lexicon.ts'
import { isLatin, normalise } from './normalise.ts'
import { placeFinder } from './places.ts'

export interface Clause {
  /** As typed. */
  readonly said: string
  /** Normalised, places replaced by one character each. */
  readonly plain: string
}

interface Mention {
  readonly question: string
  readonly value: string
}

/** Places are marked with private-use characters, region by region; the last one stands for an unsettled place. */
const FIRST_MARK = 0xe000
const OPEN_MARK = '\ue0ff'
/** "杭州", "在杭州", "杭州的" with the place as one character. */
const BARE = 3
const ANY_MARK = '[\ue000-\ue0fe]'

/** Replaces places by marks. "Suzhou, Jiangsu": an unsettled place takes the region that follows it. */
export function markPlaces(book: RuleBook, lexicon: Lexicon, clauses: readonly Clause[]): readonly Clause[] {
  const regions = regionsOf(lexicon)
  const find = placeFinder(book, lexicon)
  const mark = (region: string) => String.fromCharCode(FIRST_MARK + regions.indexOf(region))
  const marked = clauses.map((clause) => {
    const hits = find(clause.plain)
    let plain = ''
    let from = 0
    let last: { end: number; values: readonly string[] } | undefined
    for (const hit of hits) {
      const follows = last && /^[\s,的省市]*$/u.test(clause.plain.slice(last.end, hit.start))
      const shared = follows ? hit.values.filter((value) => last?.values.includes(value)) : []
      const values = shared.length > 0 ? shared : hit.values
      if (shared.length > 0) plain = plain.slice(0, -1)
      else plain += clause.plain.slice(from, hit.start)
      const [only, ...others] = values
      plain += only !== undefined && others.length === 0 ? mark(only) : OPEN_MARK
      from = hit.end
      last = { end: hit.end, values }
    }
    return { clause: { ...clause, plain: joined(plain + clause.plain.slice(from)) }, last: last?.values }
  })
  return marked.map(({ clause, last }, index) => {
    const next = marked[index + 1]?.clause.plain[0] ?? ''
    const region = regions[next.charCodeAt(0) - FIRST_MARK]
    const settles = clause.plain.endsWith(OPEN_MARK) && region !== undefined && last?.includes(region)
    return settles ? { ...clause, plain: clause.plain.slice(0, -1) + next } : clause
  })
}

/** What a clause answers by itself. A bare place answers only where the talk is about the applicant. */
export function mentionsIn(lexicon: Lexicon, clause: Clause, open: string | undefined): readonly Mention[] {
  const denied = deniedSpans(lexicon.words, clause.plain)
  const about = open === undefined || open.startsWith('entity.')
  return compiled(lexicon).flatMap(({ question, value, pattern }) => {
    const match = pattern.exec(clause.plain)
    if (!match) return []
    if (value === 'place' && match[0] === clause.plain && match[0].length <= BARE && !about) return []
    const [, ...gaps] = match
    if (denied.some((span) => match.index >= span.start && match.index < span.end)) return []
    if (gaps.some((gap: string | undefined) => gap && contains(lexicon.words.denials, gap))) return []
    const region = regionIn(lexicon, match[0])
    if (value !== 'place') return [{ question, value }]
    return region ? [{ question, value: region }] : []
  })
}

/** No space beside a Han character or a place, so that "我们是 Qingdao 的公司" reads as one. */
function joined(plain: string): string {
  return plain.replace(/(?<=[\p{Script=Han}\ue000-\ue0ff]) | (?=[\p{Script=Han}\ue000-\ue0ff])/gu, '')
}

function regionIn(lexicon: Lexicon, text: string): string | undefined {
  const mark = new RegExp(ANY_MARK).exec(text)?.[0]
  return mark === undefined ? undefined : regionsOf(lexicon)[mark.charCodeAt(0) - FIRST_MARK]
}

function regionsOf(lexicon: Lexicon): readonly string[] {
  return Object.keys(lexicon.places).sort()
}

interface Compiled extends Mention {
  readonly pattern: RegExp
}

const cache = new WeakMap<Lexicon, readonly Compiled[]>()

function compiled(lexicon: Lexicon): readonly Compiled[] {
  const cached = cache.get(lexicon)
  if (cached) return cached
  const { classes, mentions } = lexicon.mentions
  const built = mentions.map(({ question, value, phrases }) => ({
    question,
    value,
    pattern: new RegExp(phrases.map((phrase) => patternOf(classes, phrase)).join('|'), 'u'),
  }))
  cache.set(lexicon, built)
  return built
}

/** "…" is a gap of a few words, in which nothing may be denied; "^" and "$" are the ends of the clause. */
export function patternOf(classes: Readonly<Record<string, readonly string[]>>, phrase: string): string {
  const anchored = { start: phrase.startsWith('^'), end: phrase.endsWith('$') }
  const body = phrase
    .slice(anchored.start ? 1 : 0, anchored.end ? -1 : undefined)
    .split(/(<[a-z]+>|…)/)
    .map((part) => {
      if (part === '…') return "([a-z' ]{0,24}?|.{0,10}?)"
      if (part === '<place>') return ANY_MARK
      const members = classes[part.slice(1, -1)]
      return part.startsWith('<') && members ? `(?:${members.map(literal).join('|')})` : literal(part)
    })
    .join('')
  return `${anchored.start ? '^' : ''}${body}${anchored.end ? '$' : ''}`
}

function literal(text: string): string {
  const even =
    (text.startsWith(' ') ? ' ' : '') + normalise(text) + (text.endsWith(' ') && text.length > 1 ? ' ' : '')
  const escaped = even.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', ' ?')
  const word = /[\p{Script=Latin}\d]/u
  const trimmed = even.trim()
  // 十五 in 二十五 is another number.
  if (/^[一二三四五六七八九十]/u.test(trimmed)) return `(?<![一二三四五六七八九十])${escaped}`
  if (trimmed === '' || !isLatin(trimmed)) return escaped
  const left = word.test(even[0] ?? '') ? '(?<![a-z\\d])' : ''
  const right = word.test(even.at(-1) ?? '') ? "(?![a-z\\d]|'t)" : ''
  return left + escaped + right
}
