import { answerProblem, type Answers } from '../../src/rules/answers.ts'
import { assess, type Assessment } from '../../src/rules/assess/assess.ts'
import { loadRuleBook } from '../../src/rules/rulebook.ts'

export const book = loadRuleBook(new URL('../../rules', import.meta.url).pathname)
export const TODAY = '2026-11-24'
/** Day of the source document that names 22 regions for SMS verification. */
export const SOURCE_DAY = '2020-05-27'

/** A company with a server at Alibaba Cloud and nothing special about it. */
export const PLAIN: Answers = {
  'service.kind': 'website',
  'server.region': 'mainland',
  'server.provider': 'alibaba-cloud',
  'entity.kind': 'enterprise',
  'entity.province': 'CN-ZJ',
  'entity.filing': 'none',
  'domain.filing': 'none',
  'website.services': ['none'],
  'website.commercial': 'no',
  'website.interactive': 'no',
  'leader.residency': 'mainland',
}

/** Assesses answers that must be valid: a misspelt key in a test would otherwise prove nothing. */
export function assessed(answers: Answers, asOf = TODAY): Assessment {
  for (const [key, value] of Object.entries(answers)) {
    const problem = answerProblem(book, key, value)
    if (problem) throw new TypeError(`${key}: ${problem.problem}`)
  }
  return assess(book, answers, asOf)
}

/** The plain case with some answers changed; `undefined` leaves one out. */
export function plain(changes: Readonly<Record<string, Answers[string] | undefined>> = {}): Answers {
  const merged = { ...PLAIN, ...changes }
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, Answers[string]] => entry[1] !== undefined),
  )
}
