import type { Knowing } from '../../src/understanding/ask/exact.ts'
import type { AskIndex } from '../../src/understanding/ask/index.ts'
import { ask, type AskResult } from '../../src/understanding/ask/ask.ts'
import { halfOf, type Half, type QuestionLine } from './corpus.ts'
import { unsupported, type Support } from './support.ts'

export interface QuestionResult {
  readonly line: QuestionLine
  readonly half: Half
  readonly result: AskResult
  /** A fact that carries the answer is cited; for a question without one: it was not answered. */
  readonly right: boolean
  /** The first fact cited carries the answer. */
  readonly first: boolean
  readonly support: Support
  readonly milliseconds: number
}

export const AS_OF = '2026-11-24'

export function evaluateQuestions(
  knowing: Knowing,
  index: AskIndex,
  lines: readonly QuestionLine[],
): readonly QuestionResult[] {
  return lines.map((line) => {
    const lang = line.lang === 'en' ? 'en' : 'zh-CN'
    const start = performance.now()
    const result = ask(knowing, index, { question: line.question, lang, asOf: AS_OF })
    const milliseconds = performance.now() - start
    const cited = result.facts.map(({ id }) => id)
    const answerable = line.facts.length > 0
    return {
      line,
      half: halfOf(line.id),
      result,
      right: answerable ? cited.some((id) => line.facts.includes(id)) : !result.known,
      first: answerable ? line.facts.includes(cited[0] ?? '') : !result.known,
      support: unsupported(knowing.book, index.vocabulary, result, lang),
      milliseconds,
    }
  })
}
