import { UNSURE } from '../rules/answers.ts'
import type { RuleBook } from '../rules/rulebook.ts'
import type { Question } from '../interview/schema.ts'
import { byPlace } from './choice.ts'
import { nearest } from './closeness.ts'
import { coresOf } from './cores.ts'
import { contains } from './denials.ts'
import type { Lexicon } from './lexicon.ts'
import { findNamed } from './named.ts'
import { namesOf, type Names } from './names.ts'
import { bare } from './normalise.ts'
import { exactPolarity, sentencePolarity, type Polarity } from './polarity.ts'
import { answer, chosen, NONE, type Reading } from './reading.ts'
import { readSigns } from './signs.ts'
import { readSpan } from './spans.ts'
import { readSeveral } from './several.ts'
import { ofToday } from './today.ts'

export type { Reading } from './reading.ts'

/** Reads free text as an answer to a question: exactly where the words allow it, and never by guessing. */
export function readAnswer(book: RuleBook, lexicon: Lexicon, question: Question, text: string): Reading {
  const said = bare(text)
  if (said === '') return NONE
  const names = namesOf(book, lexicon, question)
  if (question.unsure && (lexicon.unsure.has(said) || said === UNSURE)) return answer(UNSURE)
  if (book.keys.get(question.id)?.type === 'choices') return readSeveral(book, lexicon, question, names, said)
  const today = ofToday(lexicon.words, said)
  const told = today === undefined ? NONE : readOne(lexicon, question, names, today)
  return told.kind === 'answer' ? told : readOne(lexicon, question, names, said)
}

/**
 * One of the options, by the surest sign there is: its own name, its number or letter, a plain yes or no, the
 * options named and denied in a sentence, the shape of the sentence, a name spelt nearly right.
 */
function readOne(lexicon: Lexicon, question: Question, names: Names, said: string): Reading {
  const { words } = lexicon
  // "有没有" alone is the question given back, though "有" and "没有" both are answers.
  if (/^(\p{Script=Han}{1,2})[不没]\1$/u.test(said) && !names.values.has(said)) return NONE
  const exact = exactly(words, names, said)
  if (exact) return chosen(exact)
  const placed = byPlace(words, names, said)
  if (placed !== undefined) return answer(placed)
  const span = contains(words.hedges, said) ? undefined : readSpan(lexicon, question.id, said)
  if (span !== undefined && names.options.some(({ value }) => value === span)) return answer(span)
  if (contains(words.unknown, said)) return question.unsure ? answer(UNSURE) : NONE
  // "收不收", "有没有": the question given back, whatever it names.
  if (/(\p{Script=Han}{1,2})[不没]\1/u.test(said) && !lexicon.polarity.has(said)) return NONE
  const topic = /^[^?？]{1,20}[?？]\s*(?=.)/u.exec(said)?.[0]
  // "Comments? No, switched off": what follows the question that people put to themselves is the answer.
  const rest = topic === undefined ? undefined : exactPolarity(lexicon, said.slice(topic.length))
  const polarity = rest ?? exactPolarity(lexicon, said)
  const signs = readSigns(lexicon, question.id, said)
  const told = signs.length === 1 && !contains(words.hedges, said) ? chosen(signs) : NONE
  if (told.kind === 'answer' && !contradicts(lexicon, names, polarity, signs)) return told
  if (rest) return byPolarity(lexicon, question, names, rest)
  const named = findNamed(words, names, said)
  if (named.values.length > 0 && !contradicts(lexicon, names, polarity, named.values))
    return chosen(named.values)
  if (polarity) return byPolarity(lexicon, question, names, polarity)
  if (named.values.length > 0) return NONE
  if (named.denied) return NONE
  const shape = sentencePolarity(lexicon, said)
  if (shape) return byPolarity(lexicon, question, names, shape)
  // A slip inside a denial ("nobody is chargd") would turn it round.
  return contains(words.denials, said) ? NONE : byCloseness(words, names, said)
}

/** The name as said, or with politeness taken off. */
function exactly(words: Lexicon['words'], names: Names, said: string): readonly string[] | undefined {
  for (const core of coresOf(words, said)) {
    const values = names.values.get(core) ?? names.values.get(core.replaceAll(' ', ''))
    if (values) return values
  }
  return undefined
}

/** "不会，要收费": a plain yes or no against an option of the other side leaves it open. */
function contradicts(
  lexicon: Lexicon,
  names: Names,
  polarity: Polarity | undefined,
  values: readonly string[],
): boolean {
  if (polarity !== 'yes' && polarity !== 'no') return false
  const other = optionsOfPolarity(lexicon, names, polarity === 'yes' ? 'no' : 'yes')
  return values.every((value) => other.includes(value))
}

/** The option a yes or no stands for: the one that lists such a word; for a yes without one, all but the no. */
function byPolarity(lexicon: Lexicon, question: Question, names: Names, polarity: Polarity): Reading {
  if (polarity === 'unsure') return question.unsure ? answer(UNSURE) : NONE
  const own = optionsOfPolarity(lexicon, names, polarity)
  if (own.length > 0) return chosen(own)
  const other = optionsOfPolarity(lexicon, names, polarity === 'yes' ? 'no' : 'yes')
  if (other.length !== 1) return NONE
  return chosen(names.options.map((option) => option.value).filter((value) => !other.includes(value)))
}

function optionsOfPolarity(lexicon: Lexicon, names: Names, polarity: 'yes' | 'no'): readonly string[] {
  const found = new Set<string>()
  for (const [name, values] of names.values)
    if (lexicon.polarity.get(name) === polarity) for (const value of values) found.add(value)
  return [...found]
}

/** Nearly a name, as a whole or as one word of a short text. */
function byCloseness(words: Lexicon['words'], names: Names, said: string): Reading {
  if (said.length > 40) return NONE
  const cores = coresOf(words, said)
  const parts = said.split(' ')
  const tried = parts.length <= 4 ? [...cores, ...parts] : cores
  for (const part of new Set(tried)) {
    const values = new Set(nearest(names.inSentences, part).flatMap((name) => names.values.get(name) ?? []))
    if (values.size > 0) return chosen([...values])
  }
  return NONE
}
