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
  if (values.length > 0) return residue(lexicon, said, named.hits) === '' ? answer(values) : NONE
  const polarity = exactPolarity(lexicon, said)
  if (alone !== undefined && (named.values.includes(alone) || polarity === 'no')) return answer([alone])
  if (polarity === 'unsure' && question.unsure) return answer(UNSURE)
  return named.denied ? NONE : misspelt(lexicon, names, said)
}

/** What is said besides options and small words. A part that fits nothing makes the whole unclear. */
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
