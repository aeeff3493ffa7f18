import { UNSURE, type AnswerValue, type Answers } from '../rules/answers.ts'
import type { RuleBook } from '../rules/rulebook.ts'
import type { Dialogs } from '../interview/dialogs.ts'
import type { Question } from '../interview/schema.ts'
import { coresOf } from './cores.ts'
import { contains, occurrences } from './denials.ts'
import type { Lexicon } from './lexicon.ts'
import { readMany, type Heard } from './many.ts'
import { findNamed } from './named.ts'
import { findNames, namesOf, type Names } from './names.ts'
import { bare } from './normalise.ts'
import { isQuestion, after } from './talk.ts'

export type Correction =
  | {
      readonly kind: 'correction'
      readonly question: string
      readonly value: AnswerValue
      readonly said: string
    }
  /** Several answers taken back, each in words that name its question. */
  | { readonly kind: 'several'; readonly heard: readonly Heard[] }
  /** It takes back an answer but fits several: they are offered. */
  | {
      readonly kind: 'which'
      readonly options: readonly { readonly question: string; readonly value: string }[]
    }

/** Words that deny as often as they correct. */
const LIGHT = /^(?:no|not|不是)/
/** Longer texts tell a story rather than correct an answer. */
const LONGEST = 80

/**
 * A message that takes back an earlier answer ("不对，是浙江", "actually I'm an individual"): which answer, and its
 * new value. Only answers given and only values that differ count; the open question has to be tried first.
 * Undefined where nothing is corrected.
 */
export function readCorrection(
  book: RuleBook,
  lexicon: Lexicon,
  dialogs: Dialogs,
  answers: Answers,
  text: string,
): Correction | undefined {
  if (text.length > LONGEST || isQuestion(lexicon, text)) return undefined
  const said = bare(text)
  if (!contains(lexicon.words.correctionCues, said)) return undefined
  // "No, our IT guy does it" answers what is asked; only "no, Zhejiang" by itself can mean an earlier answer.
  const outright = contains(
    lexicon.words.correctionCues.filter((cue) => !LIGHT.test(cue)),
    said,
  )
  const rest = withoutCues(lexicon, said)
  if (rest === '') return undefined
  const given = answeredQuestions(dialogs, answers)
  const told = readMany(book, lexicon, dialogs, text, undefined).filter(
    ({ question, value }) => given.some(({ id }) => id === question) && answers[question] !== value,
  )
  if (told.length > 1) return { kind: 'several', heard: told }
  return one(told.length > 0 ? told : named(book, lexicon, given, answers, rest, outright), text.trim())
}

/** Options of answered questions named in what is left, if they differ from the answer given. */
function named(
  book: RuleBook,
  lexicon: Lexicon,
  given: readonly Question[],
  answers: Answers,
  rest: string,
  outright: boolean,
): readonly { question: string; value: AnswerValue }[] {
  const found = given.flatMap((question) => {
    const names = namesOf(book, lexicon, question)
    if (book.keys.get(question.id)?.type === 'choices') return []
    const { values, denied } = findNamed(lexicon.words, names, rest)
    const [only, ...others] = values
    if (only === undefined || others.length > 0 || answers[question.id] === only) return []
    if (!denied && !outright && !isName(lexicon, names, rest)) return []
    const hits = findNames(names, rest).filter((hit) => !lexicon.words.weak.includes(hit.name))
    if (hits.length === 0) return []
    const weight = Math.max(...hits.map((hit) => hit.end - hit.start))
    return [{ question: question.id, value: only, weight }]
  })
  // "香港" may be a server's place or a person's residence; the longest name says most.
  const heaviest = Math.max(...found.map(({ weight }) => weight))
  return found.filter(({ weight }) => weight === heaviest)
}

/** Nothing but a name in one of its clauses, with politeness taken off. */
function isName(lexicon: Lexicon, names: Names, rest: string): boolean {
  const clauses = rest.split(/[,，]/).map((clause) => clause.trim())
  return clauses.some((clause) => coresOf(lexicon.words, clause).some((core) => names.values.has(core)))
}

function one(
  candidates: readonly { question: string; value: AnswerValue }[],
  said: string,
): Correction | undefined {
  const [first, ...others] = candidates
  if (!first) return undefined
  if (others.length === 0) return { kind: 'correction', question: first.question, value: first.value, said }
  return {
    kind: 'which',
    options: candidates.flatMap(({ question, value }) =>
      typeof value === 'string' ? [{ question, value }] : [],
    ),
  }
}

/** Newest first: people mostly correct what they have just said. */
function answeredQuestions(dialogs: Dialogs, answers: Answers): readonly Question[] {
  return [...dialogs.questions.values()]
    .filter((question) => Object.hasOwn(answers, question.id) && answers[question.id] !== UNSURE)
    .reverse()
}

function withoutCues(lexicon: Lexicon, said: string): string {
  let rest = said
  for (
    let next: string | undefined = rest;
    next !== undefined;
    next = after(lexicon.words.corrections, rest)
  ) {
    // "不是山西，是陕西" keeps its "不是": it says which value is wrong.
    if (occurrences(lexicon.words.denials, rest)[0]?.start === 0 && /[，,]/.test(rest)) break
    rest = next
  }
  return rest
}
