import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export const CORPORA = join(import.meta.dirname, '../../test/understanding/corpora')

const expectation = z.union([
  z.strictObject({ none: z.literal(true) }),
  z.strictObject({ ambiguous: z.array(z.string()).min(2) }),
  z.strictObject({ value: z.union([z.string(), z.array(z.string())]) }),
  z.strictObject({ answers: z.record(z.string(), z.string()) }),
])
export type Expectation = z.infer<typeof expectation>

const answerLine = z.strictObject({
  id: z.string(),
  lang: z.enum(['zh', 'en', 'mix']),
  /** A question id, or `many`, `date`, `number`. */
  question: z.string(),
  text: z.string(),
  open: z.string().nullable().optional(),
  reference: z.string().optional(),
  expect: z.union([expectation, z.strictObject({ anyOf: z.array(expectation).min(2) })]),
})
export type AnswerLine = z.infer<typeof answerLine>

const questionLine = z.strictObject({
  id: z.string(),
  lang: z.enum(['zh', 'en', 'mix']),
  topic: z.string(),
  question: z.string(),
  /** Any of them carries a right answer; empty where the knowledge holds none. */
  facts: z.array(z.string()),
  /** Outside the field: to be recognised as such. */
  outside: z.literal(true).optional(),
  answerKey: z.string().optional(),
})
export type QuestionLine = z.infer<typeof questionLine>

/** `tuning` lines were looked at while building, `measuring` ones only count. Fixed by the id, for good. */
export type Half = 'tuning' | 'measuring'

export function halfOf(id: string): Half {
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 8)
  return parseInt(hash, 16) % 2 === 0 ? 'tuning' : 'measuring'
}

export const readAnswers = (): readonly AnswerLine[] => readLines('answers.jsonl', answerLine)
/** Questions asked by people, as collected. */
export const readQuestions = (): readonly QuestionLine[] => readLines('questions.jsonl', questionLine)
/** Questions of our own: other words, other topics, and some from outside the field. */
export const readReworded = (): readonly QuestionLine[] => readLines('questions-reworded.jsonl', questionLine)

/** Harder ones, in the words of people who do not know the options; all of them for tuning. */
export const readHardAnswers = (): readonly AnswerLine[] => readLines('answers-hard.jsonl', answerLine)
export const readHardQuestions = (): readonly QuestionLine[] =>
  readLines('questions-hard.jsonl', questionLine)

/** Written after words and weights were set, and never tuned on. */
export const readFreshAnswers = (): readonly AnswerLine[] => readLines('answers-fresh.jsonl', answerLine)
export const readFreshQuestions = (): readonly QuestionLine[] =>
  readLines('questions-fresh.jsonl', questionLine)

function readLines<S extends z.ZodType>(file: string, schema: S): readonly z.output<S>[] {
  return readFileSync(join(CORPORA, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => schema.parse(JSON.parse(line)))
}
