import type { Request, Response, Server } from 'restify'
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import { LANGUAGES, type Language } from '../../language.ts'
import type { PreCheckKit } from '../../interview/pre-check/kit.ts'
import { findingsOf } from '../../interview/pre-check/pre-check.ts'
import { answerProblem, type AnswerProblem, type Answers } from '../../rules/answers.ts'
import { assess } from '../../rules/assess/assess.ts'
import { openKeys } from '../../rules/assess/open-keys.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import { invalidRequest } from './invalid.ts'
import { assessmentView, findingView } from './assessment-view.ts'
import { requestLanguage } from './language.ts'

export interface AssessOptions {
  readonly book: RuleBook
  /** What a reviewer looks at. */
  readonly preCheck: PreCheckKit
  /** The day on which the rules are read where a request names none: ISO date in Asia/Shanghai. */
  readonly today: () => string
}

const MAX_ANSWERS = 200
const bodySchema = z.strictObject({
  answers: z.record(z.string(), z.unknown()),
  asOf: z.iso.date().optional(),
  lang: z.enum(LANGUAGES).optional(),
})
const EXAMPLE =
  '{"answers":{"server.region":"mainland","entity.kind":"enterprise"},"asOf":"2026-01-31","lang":"en"}'

/** POST /api/assess: what the rules say of a set of answers, without any conversation. */
export function mountAssess(server: Server, { book, preCheck, today }: AssessOptions): void {
  server.post('/api/assess', async (request: Request, response: Response) => {
    const { answers, asOf = today(), lang = requestLanguage(request) } = parse(request.body)
    const checked = checkAnswers(book, answers)
    response.json(200, assessmentAt({ book, preCheck }, checked, asOf, lang))
  })
}

export function assessmentAt(
  { book, preCheck }: Pick<AssessOptions, 'book' | 'preCheck'>,
  answers: Answers,
  asOf: string,
  language: Language,
) {
  const assessment = assess(book, answers, asOf)
  return {
    ...assessmentView(assessment, language),
    preCheck: findingsOf(preCheck, answers, assessment).map((finding) => findingView(finding, language)),
    open: openKeys(book, answers, asOf),
  }
}

function parse(body: unknown): z.infer<typeof bodySchema> {
  const result = bodySchema.safeParse(body)
  if (!result.success) throw invalidRequest(result.error, EXAMPLE)
  if (Object.keys(result.data.answers).length <= MAX_ANSWERS) return result.data
  throw new AppError('request-invalid', {
    detail: `There are more than ${MAX_ANSWERS} answers.`,
    remedy: 'Send the answers of one case.',
    subject: 'answers',
  })
}

/** @throws AppError answer-key-unknown or answer-value-unknown, naming the key and what it takes */
export function checkAnswers(book: RuleBook, answers: Readonly<Record<string, unknown>>): Answers {
  const checked = Object.entries(answers).map(([key, value]) => {
    const problem = answerProblem(book, key, value)
    if (problem) throw refusal(book, problem)
    return [key, value as Answers[string]] as const
  })
  return Object.fromEntries(checked)
}

function refusal(book: RuleBook, problem: AnswerProblem): AppError {
  const key = problem.key.slice(0, 80)
  if (problem.problem === 'key-unknown')
    return new AppError('answer-key-unknown', {
      detail: `There is no answer key ${JSON.stringify(key)}.`,
      remedy: `Use one of: ${[...book.keys.keys()].join(', ')}.`,
      subject: `answers.${key}`,
    })
  return new AppError('answer-value-unknown', { ...explain(problem), subject: `answers.${key}` })
}

function explain(problem: Exclude<AnswerProblem, { problem: 'key-unknown' }>): {
  detail: string
  remedy: string
} {
  const { key } = problem
  switch (problem.problem) {
    case 'value-unknown':
      return {
        detail: `${key} cannot be ${JSON.stringify(problem.value.slice(0, 80))}.`,
        remedy: `Use one of: ${problem.allowed.join(', ')}.`,
      }
    case 'not-text':
      return { detail: `${key} takes one value.`, remedy: 'Send a string.' }
    case 'not-list':
      return { detail: `${key} takes a list.`, remedy: 'Send an array of strings, or "unsure".' }
    case 'empty-list':
      return { detail: `${key} is an empty list.`, remedy: 'Send at least one value, such as "none".' }
    case 'alone':
      return {
        detail: `In ${key}, ${JSON.stringify(problem.value)} excludes every other value.`,
        remedy: `Send ["${problem.value}"] alone, or leave it out.`,
      }
  }
}
