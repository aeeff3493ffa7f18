import { LANGUAGES } from '../../language.ts'
import type { FieldQuestion } from '../../interview/open-fields.ts'
import { UNSURE } from '../../rules/answers.ts'
import { refused } from '../../rules/values/validation.ts'
import { asksInstead } from '../../understanding/asks-instead.ts'
import { saysNothing } from '../../understanding/left-out.ts'
import { bare, normalise } from '../../understanding/normalise.ts'
import { classify, type Talk } from '../../understanding/talk.ts'
import type { Meaning } from './meaning.ts'
import { readTyped } from './read-typed.ts'
import { previousAnswer, type Turn } from './turn.ts'

/**
 * What a text means where a typed answer is asked for, once it is neither command nor confirmation. Nearly any
 * words may be a name, so what surely is something else comes first.
 * @param corrected what it would be as a correction of an earlier answer
 * @param small what it would be as small talk
 */
export function interpretField(
  turn: Turn,
  question: FieldQuestion,
  text: string,
  corrected: () => Meaning | undefined,
  small: (talk: Talk) => Meaning,
): Meaning {
  const { lexicon } = turn.brain
  const kept = says(turn, text, 'keep') ? keptField(turn, question) : undefined
  if (kept) return kept
  if (saysNothing(lexicon, text, words(turn, 'skip-option'))) return leftOut(question, text)
  const talk = classify(lexicon, text)
  if (talk.kind === 'empty' || talk.kind === 'too-long') return { kind: talk.kind }
  if (talk.kind === 'insult' || talk.kind === 'instruction') return { kind: 'talk', about: talk.kind }
  if (talk.kind === 'small-talk' || talk.kind === 'emoji') return small(talk)
  // "Yes" is no name and no number.
  if (lexicon.polarity.has(bare(text))) return refusal(question, text, refused('text.missing'))
  const reading = readTyped(turn, question, text)
  if (asksInstead(lexicon, question.field, text, reading)) return { kind: 'question', text }
  const taken = reading.ok && question.field === 'remark' ? undefined : corrected()
  if (taken) return taken
  if (reading.ok) return { ...answered(question, reading.value, true), notes: reading.notes }
  // Names of many languages are names; what is no answer either is a language we do not speak.
  if (talk.kind === 'third-language') return { kind: 'talk', about: talk.kind }
  return refusal(question, text, reading)
}

/** The former answer once more, if there is one; what was given meanwhile may not go with it any longer. */
export function keptField(turn: Turn, question: FieldQuestion): Meaning | undefined {
  const previous = previousAnswer(turn, question.id)
  if (previous === undefined || previous === UNSURE) return previous && answered(question, previous, false)
  const typed = [previous].flat().join(', ')
  const reading = readTyped(turn, question, typed)
  return reading.ok ? answered(question, previous, false) : refusal(question, typed, reading)
}

/** A typed answer that is left out, or the word that it cannot be. */
export function leftOut(question: FieldQuestion, typed: string): Meaning {
  return question.skip
    ? answered(question, UNSURE, false)
    : refusal(question, typed, refused('field.required'))
}

type Answered = Extract<Meaning, { kind: 'answer' }>

function answered({ id }: FieldQuestion, value: Answered['value'], said: boolean): Answered {
  return { kind: 'answer', question: id, value, said }
}

function refusal(
  question: FieldQuestion,
  typed: string,
  problem: Extract<Meaning, { kind: 'refused' }>['problem'],
): Meaning {
  return { kind: 'refused', question, typed, problem }
}

function words({ brain }: Turn, id: 'keep' | 'skip-option'): readonly string[] {
  return LANGUAGES.map((language) => brain.phrases[id][language])
}

function says(turn: Turn, text: string, id: 'keep'): boolean {
  return words(turn, id).some((word) => normalise(word) === normalise(text))
}
