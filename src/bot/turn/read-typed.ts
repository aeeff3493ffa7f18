import { knownAnswers, type FieldQuestion } from '../../interview/open-fields.ts'
import type { Answers } from '../../rules/answers.ts'
import { readField, type FieldReading } from '../../understanding/field.ts'
import type { Turn } from './turn.ts'

/** Reads a typed answer, compared with all that is known of the case; `more` is what was told in the same message. */
export function readTyped(
  { brain, standing, asOf }: Turn,
  { id, field }: FieldQuestion,
  text: string,
  more: Answers = {},
): FieldReading {
  const { values } = brain.following
  const answers = { ...knownAnswers(brain.book, brain.dialogs, standing.case), ...more }
  return readField(id, field, text, { values, asOf, answers })
}
