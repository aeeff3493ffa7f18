import type { Knowing } from '../../src/understanding/ask/exact.ts'
import { readAnswer } from '../../src/understanding/answer.ts'
import { readDate } from '../../src/understanding/dates.ts'
import { readMany } from '../../src/understanding/many.ts'
import { readNumber } from '../../src/understanding/numbers.ts'
import type { Reading } from '../../src/understanding/reading.ts'
import { halfOf, type AnswerLine, type Expectation, type Half } from './corpus.ts'

export interface AnswerResult {
  readonly line: AnswerLine
  readonly half: Half
  readonly got: Expectation
  readonly right: boolean
  /** A yes read as a no or the other way round. */
  readonly wrongPolarity: boolean
  /** A value was taken that is not right; anything else not right is asked again. */
  readonly wrong: boolean
  readonly milliseconds: number
}

export function evaluateAnswers(knowing: Knowing, lines: readonly AnswerLine[]): readonly AnswerResult[] {
  return lines.map((line) => {
    const start = performance.now()
    const got = understood(knowing, line)
    const milliseconds = performance.now() - start
    const accepted = 'anyOf' in line.expect ? line.expect.anyOf : [line.expect]
    const right = accepted.some((expected) => same(expected, got))
    return {
      line,
      half: halfOf(line.id),
      got,
      right,
      wrong: !right && 'value' in got,
      wrongPolarity: accepted.every((expected) => opposite(expected, got)),
      milliseconds,
    }
  })
}

function understood({ book, dialogs, lexicon }: Knowing, line: AnswerLine): Expectation {
  if (line.question === 'date') return plain(readDate(line.text, line.reference ?? '2026-11-24')?.value)
  if (line.question === 'number') return plain(readNumber(line.text)?.value.toString())
  if (line.question === 'many') {
    const open = line.open ? dialogs.questions.get(line.open) : undefined
    const heard = readMany(book, lexicon, dialogs, line.text, open)
    return { answers: Object.fromEntries(heard.map(({ question, value }) => [question, String(value)])) }
  }
  const question = dialogs.questions.get(line.question)
  return question ? fromReading(readAnswer(book, lexicon, question, line.text)) : { none: true }
}

function fromReading(reading: Reading): Expectation {
  if (reading.kind === 'none') return { none: true }
  if (reading.kind === 'ambiguous') return { ambiguous: [...reading.values] }
  return { value: typeof reading.value === 'string' ? reading.value : [...reading.value] }
}

function plain(value: string | undefined): Expectation {
  return value === undefined ? { none: true } : { value }
}

function same(expected: Expectation, got: Expectation): boolean {
  return comparable(expected) === comparable(got)
}

function comparable(expectation: Expectation): string {
  if ('none' in expectation) return 'none'
  if ('ambiguous' in expectation) return `? ${expectation.ambiguous.toSorted().join(' ')}`
  if ('value' in expectation) return [expectation.value].flat().toSorted().join(' ')
  return Object.entries(expectation.answers)
    .map(([question, value]) => `${question}=${value}`)
    .toSorted()
    .join(' ')
}

const SIDES: readonly (readonly [string, string])[] = [
  ['yes', 'no'],
  ['active', 'cancelled'],
  ['some', 'none-left'],
  ['mainland', 'outside-mainland'],
]

function opposite(expected: Expectation, got: Expectation): boolean {
  if (!('value' in expected) || !('value' in got)) return false
  const pair = [String(expected.value), String(got.value)]
  if (SIDES.some((side) => pair.includes(side[0]) && pair.includes(side[1]))) return true
  return pair[0] !== pair[1] && pair.includes('none')
}
