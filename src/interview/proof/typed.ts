import { UNSURE, type AnswerValue } from '../../rules/answers.ts'
import type { Question } from '../schema.ts'

/** Stands for whatever is typed. */
export const TYPED = 'typed'

/**
 * What is typed falls into classes: one for all that rules cannot tell apart, or one for each value that is worked out
 * from it. Beside them, nothing at all where the answer may be left out.
 */
export function typedAnswers(question: Question, asOf: string): readonly AnswerValue[] {
  const samples = SAMPLES[question.id]?.(asOf) ?? [TYPED]
  return question.skip ? [...samples, UNSURE] : samples
}

/** One typed answer for each value of the key that follows from it; the plain case first. */
const SAMPLES: Readonly<Record<string, (asOf: string) => readonly string[]>> = {
  'domain.expiry': (asOf) => [400, 120, 30, -1].map((days) => daysLater(asOf, days)),
  'leader.identity-number': (asOf) => [30, 17, 10].map((age) => numberOfAge(age, asOf)),
}

function daysLater(asOf: string, days: number): string {
  return new Date(Date.parse(`${asOf}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The shape of an identity number; its check digit does not matter to an age. */
function numberOfAge(age: number, asOf: string): string {
  return `110101${Number(asOf.slice(0, 4)) - age - 1}12310010`
}
