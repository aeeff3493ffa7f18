import type { AnswerValue } from '../rules/answers.ts'
import { UNSURE } from '../rules/answers.ts'
import type { RuleBook } from '../rules/rulebook.ts'
import { optionsOf } from '../interview/dialogs.ts'
import type { Question, QuestionOption } from '../interview/schema.ts'
import type { Lexicon } from './lexicon.ts'
import { bare, normalise } from './normalise.ts'
import { namedNumber } from './ordinals.ts'

export type Reading =
  | { readonly kind: 'answer'; readonly value: AnswerValue }
  /** Several options fit: they are offered, not chosen. */
  | { readonly kind: 'ambiguous'; readonly values: readonly string[] }
  | { readonly kind: 'none' }

const NONE: Reading = { kind: 'none' }

/** Reads free text as an answer to a question: exactly where the words allow it, and never by guessing. */
export function readAnswer(book: RuleBook, lexicon: Lexicon, question: Question, text: string): Reading {
  const said = bare(text)
  if (said === '') return NONE
  const options = optionsOf(book, question)
  if (question.unsure && (lexicon.unsure.has(said) || said === UNSURE))
    return { kind: 'answer', value: UNSURE }
  return book.keys.get(question.id)?.type === 'choices'
    ? readSeveral(book, lexicon, question, options, said)
    : readOne(lexicon, options, said)
}

/** One of the options: by its number, its value, its label, a synonym, yes or no, or as the only one named in a sentence. */
function readOne(lexicon: Lexicon, options: readonly QuestionOption[], said: string): Reading {
  const exact = options.filter((option) => namesOf(option).includes(said))
  if (exact.length > 0) return chosen(exact)
  const numbered = byNumber(options, said)
  if (numbered) return numbered
  const polar = lexicon.polarity.get(said)
  const yesNo = polar && options.find((option) => option.value === polar)
  if (yesNo) return chosen([yesNo])
  return chosen(named(options, said))
}

function byNumber(options: readonly QuestionOption[], said: string): Reading | undefined {
  const number = namedNumber(said)
  const option = number === undefined ? undefined : options[number - 1]
  return option && chosen([option])
}

/** Options named inside a longer text; a name within a longer matched name ("西" in "陕西") does not count. */
function named(options: readonly QuestionOption[], said: string): readonly QuestionOption[] {
  const hits = options.flatMap((option) =>
    namesOf(option)
      .filter((name) => mentions(said, name))
      .map((name) => ({ option, name })),
  )
  const outermost = hits.filter(
    (hit) =>
      !hits.some(
        (other) =>
          other.option !== hit.option && other.name.length > hit.name.length && other.name.includes(hit.name),
      ),
  )
  return [...new Set(outermost.map((hit) => hit.option))]
}

/** Latin names count as whole words, others anywhere; a single character is too little to find in a sentence. */
function mentions(said: string, name: string): boolean {
  if (/^[\p{Script=Latin}\d .,'()-]+$/u.test(name))
    return name.length > 1 && new RegExp(`(?<![\\p{L}\\d])${escaped(name)}(?![\\p{L}\\d])`, 'u').test(said)
  return name.length > 1 && said.includes(name)
}

function readSeveral(
  book: RuleBook,
  lexicon: Lexicon,
  question: Question,
  options: readonly QuestionOption[],
  said: string,
): Reading {
  const alone = book.keys.get(question.id)?.alone
  const whole = options.find((option) => namesOf(option).includes(said))
  if (whole) return { kind: 'answer', value: [whole.value] }
  if (lexicon.polarity.get(said) === 'no' && alone !== undefined) return { kind: 'answer', value: [alone] }
  const values = new Set<string>()
  for (const part of split(said, lexicon.separators)) {
    if (lexicon.negations.some((negation) => part.startsWith(negation.trimStart()))) continue
    const reading = readOne(lexicon, options, part)
    // A part that fits nothing makes the whole unclear: half an answer may be a wrong one.
    if (reading.kind === 'none') return NONE
    if (reading.kind === 'ambiguous') reading.values.forEach((value) => values.add(value))
    else if (typeof reading.value === 'string') values.add(reading.value)
  }
  if (alone !== undefined && values.size > 1) values.delete(alone)
  return values.size === 0 ? NONE : { kind: 'answer', value: [...values] }
}

function split(text: string, separators: readonly string[]): readonly string[] {
  let parts: readonly string[] = [text]
  for (const separator of separators) parts = parts.flatMap((part) => part.split(separator))
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function chosen(options: readonly QuestionOption[]): Reading {
  const [first, ...others] = options
  if (!first) return NONE
  if (others.length === 0) return { kind: 'answer', value: first.value }
  return { kind: 'ambiguous', values: options.map((option) => option.value) }
}

function namesOf(option: QuestionOption): readonly string[] {
  const names = [option.value, option.label['zh-CN'], option.label.en, ...option.synonyms]
  return names.map((name) => normalise(name)).flatMap((name) => [name, withoutBrackets(name)])
}

/** "sole proprietor (个体工商户)" is also said as "sole proprietor". */
function withoutBrackets(name: string): string {
  return name.replace(/\s*\([^)]*\)/g, '').trim()
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
