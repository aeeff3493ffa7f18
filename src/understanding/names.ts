import { optionsOf } from '../interview/dialogs.ts'
import type { Question, QuestionOption } from '../interview/schema.ts'
import type { RuleBook } from '../rules/rulebook.ts'
import type { Lexicon } from './lexicon.ts'
import { isLatin, normalise } from './normalise.ts'
import { isWhole } from './whole.ts'
import { placeNames, regionNames } from './places.ts'

/** What the options of a question go by. */
export interface Names {
  readonly options: readonly QuestionOption[]
  /** Normalised name → the values that go by it; more than one where people use a name for several. */
  readonly values: ReadonlyMap<string, readonly string[]>
  /** Names that may be looked for inside a sentence, by length, longest first. */
  readonly lengths: readonly number[]
  readonly inSentences: ReadonlySet<string>
  /** Whether several may be chosen. */
  readonly several: boolean
}

export interface Hit {
  readonly name: string
  readonly start: number
  readonly end: number
  readonly values: readonly string[]
}

/** In the synonyms: any region or city by its full name. */
const PLACE = '<place>'

const cache = new WeakMap<Question, Names>()

/** Built once per question: questions and lexicon live as long as the process. */
export function namesOf(book: RuleBook, lexicon: Lexicon, question: Question): Names {
  const cached = cache.get(question)
  if (cached) return cached
  const built = build(book, lexicon, question)
  cache.set(question, built)
  return built
}

function build(book: RuleBook, lexicon: Lexicon, question: Question): Names {
  const options = optionsOf(book, question)
  const values = new Map<string, string[]>()
  const add = (name: string, value: string) => {
    const known = values.get(name)
    if (!known) values.set(name, [value])
    else if (!known.includes(value)) known.push(value)
  }
  const region = book.keys.get(question.id)?.type === 'region'
  const extra = lexicon.synonyms[question.id]
  for (const option of options) {
    if (extra?.[option.value]?.includes(PLACE))
      for (const name of placeNames(book, lexicon.places)) add(name, option.value)
    const own = [option.value, option.label['zh-CN'], option.label.en, ...option.synonyms]
    for (const said of [...own, ...(extra?.[option.value] ?? [])])
      for (const name of variants(said)) add(name, option.value)
    if (region) for (const name of regionNames(book, lexicon.places, option.value)) add(name, option.value)
  }
  const inSentences = new Set([...values.keys()].filter((name) => findable(name, lexicon)))
  const lengths = [...new Set([...inSentences].map((name) => name.length))].sort((a, b) => b - a)
  return { options, values, lengths, inSentences, several: book.keys.get(question.id)?.type === 'choices' }
}

/** "sole proprietor (个体工商户)" is also said as "sole proprietor", "mini-program" as "mini program". */
function variants(said: string): readonly string[] {
  const name = normalise(said)
  const plain = name.replace(/\s*\([^)]*\)/g, '').trim()
  const forms = [name, plain, plain.replaceAll('-', ' ')]
  return [...new Set(forms.flatMap((form) => [form, ...plurals(form)]))].filter((variant) => variant !== '')
}

/** "an insurance" and "insurances", "loan" and "loans". */
function plurals(name: string): readonly string[] {
  if (!/^[a-z -]*[a-z]{4,}$/.test(name) || /(?:ss|us|is)$/.test(name)) return []
  return [name.endsWith('s') ? name.slice(0, -1) : `${name}s`]
}

/**
 * A single character, a two-letter word ("me", "us") or a bare yes or no is too little to be looked for inside a
 * sentence; two consonants ("hk") are no English word.
 */
function findable(name: string, lexicon: Lexicon): boolean {
  if (lexicon.polarity.has(name) || lexicon.unsure.has(name)) return false
  if (isLatin(name)) return name.length > 2 || /^[b-df-hj-np-tv-z]{2}$/.test(name)
  return name.length > 1
}

/** Names inside a text, longest first from left to right: "西" in "陕西" never counts. */
export function findNames(names: Names, said: string): readonly Hit[] {
  const hits: Hit[] = []
  for (let start = 0; start < said.length;) {
    const hit = nameAt(names, said, start)
    if (hit) hits.push(hit)
    start = hit ? hit.end : start + 1
  }
  return hits
}

function nameAt(names: Names, said: string, start: number): Hit | undefined {
  for (const length of names.lengths) {
    const end = start + length
    if (end > said.length) continue
    const name = said.slice(start, end)
    if (!names.inSentences.has(name) || !isWhole(said, start, end)) continue
    return { name, start, end, values: names.values.get(name) ?? [] }
  }
  return undefined
}
