import { UNSURE } from '../rules/answers.ts'
import type { RuleBook } from '../rules/rulebook.ts'
import type { Question } from '../interview/schema.ts'
import { byPlace, byPlaces } from './choice.ts'
import { nearest } from './closeness.ts'
import { coresOf } from './cores.ts'
import { contains, occurrences } from './denials.ts'
import type { Lexicon } from './lexicon.ts'
import { findNamed } from './named.ts'
import type { Hit, Names } from './names.ts'
import { exactPolarity } from './polarity.ts'
import { answer, NONE, type Reading } from './reading.ts'
import { readSigns } from './signs.ts'

/** Reads an answer to a question with several choices: "news and film, no forum", "2和3", "都没有". */
export function readSeveral(
  book: RuleBook,
  lexicon: Lexicon,
  question: Question,
  names: Names,
  said: string,
): Reading {
  const { words } = lexicon
  const alone = book.keys.get(question.id)?.alone
  const whole = coresOf(words, said).flatMap((core) => names.values.get(core) ?? [])[0]
  if (whole !== undefined) return answer([whole])
  const placed = byPlaces(words, names, said, lexicon.separators) ?? asList(byPlace(words, names, said))
  if (placed) return listed(placed, alone)
  if (contains(words.unknown, said)) return question.unsure ? answer(UNSURE) : NONE
  const named = findNamed(words, names, said)
  const values = named.values.filter((value) => value !== alone)
  if (values.length > 0) return everyPartNames(lexicon, said, named.hits) ? answer(values) : NONE
  // "Nothing from the list, we sell screws": what is named beside it only says what the site is.
  if (alone !== undefined && readSigns(lexicon, question.id, said).includes(alone)) return answer([alone])
  const polarity = exactPolarity(lexicon, said)
  if (alone !== undefined && (named.values.includes(alone) || polarity === 'no')) return answer([alone])
  if (polarity === 'unsure' && question.unsure) return answer(UNSURE)
  return named.denied ? NONE : misspelt(lexicon, names, said)
}

/**
 * Whether each part of a list names an option or says nothing of weight: "news and betting" leaves the half unclear,
 * while what stands beside a name in its own part ("dental clinic appointments") only says more of it.
 */
function everyPartNames(lexicon: Lexicon, said: string, hits: readonly Hit[]): boolean {
  const borders = occurrences([...lexicon.separators.map((word) => word.trim()), '。', '.', '!', '！'], said)
    // "和" inside a name is no border.
    .filter((border) => !hits.some((hit) => border.start >= hit.start && border.end <= hit.end))
  const edges = [0, ...borders.flatMap(({ start, end }) => [start, end]), said.length]
  for (let at = 0; at + 1 < edges.length; at += 2) {
    const [start, end] = [edges[at] ?? 0, edges[at + 1] ?? 0]
    if (hits.some((hit) => hit.start >= start && hit.end <= end)) continue
    if (residue(lexicon, said.slice(start, end), []) !== '') return false
  }
  return true
}

/** What is said besides options and small words. */
function residue(lexicon: Lexicon, said: string, hits: readonly Hit[]): string {
  let rest = ''
  let from = 0
  for (const hit of hits) {
    rest += `${said.slice(from, hit.start)} `
    from = hit.end
  }
  rest += said.slice(from)
  for (const filler of [...occurrences(lexicon.words.fillers, rest)].reverse())
    rest = `${rest.slice(0, filler.start)} ${rest.slice(filler.end)}`
  return rest.replace(/[\p{P}\p{S}\s]+/gu, '')
}

function misspelt(lexicon: Lexicon, names: Names, said: string): Reading {
  let parts: readonly string[] = [said]
  for (const separator of lexicon.separators) parts = parts.flatMap((part) => part.split(separator))
  const values: string[] = []
  for (const part of parts.map((text) => text.trim()).filter((text) => text !== '')) {
    const exact = names.values.get(part)
    const near = exact ?? nearest(names.inSentences, part).flatMap((name) => names.values.get(name) ?? [])
    const [only, ...others] = new Set(near)
    if (only === undefined || others.length > 0) return NONE
    values.push(only)
  }
  return values.length > 0 ? answer([...new Set(values)]) : NONE
}

/** "None of these" together with something else is two readings. */
function listed(values: readonly string[], alone: string | undefined): Reading {
  if (alone !== undefined && values.length > 1 && values.includes(alone)) return { kind: 'ambiguous', values }
  return answer(values)
}

function asList(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value]
}
