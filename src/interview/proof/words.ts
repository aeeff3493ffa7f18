import type { AnswerValue, Answers } from '../../rules/answers.ts'

/** Answers in words, in the order given: "server.region mainland, server.provider other". */
export function answerWords(answers: Answers): string {
  const parts = Object.entries(answers).map(([key, value]) => `${key} ${valueWords(value)}`)
  return parts.length === 0 ? 'at the very start' : parts.join(', ')
}

export function valueWords(value: AnswerValue): string {
  return typeof value === 'string' ? value : value.join('+')
}
