import type { AnswerValue, Answers } from '../../rules/answers.ts'
import { holds } from '../../rules/condition.ts'
import { one, type Known } from '../../rules/knowledge.ts'
import { tableOf, type RuleBook } from '../../rules/rulebook.ts'
import type { Condition, Row } from '../../rules/schema.ts'
import { inForce } from '../../rules/table.ts'
import type { Question } from '../schema.ts'
import { openAhead, partsOf, standingOf, type Part } from './items.ts'
import { decidedKnowledge, settledAfter } from './knowledge.ts'

/**
 * A point of the conversation as far as its course goes: which question comes next, and which kinds of filing are
 * still possible. What other tables say is left out, so that all of them can be watched over the same frames.
 */
export interface Frame {
  readonly number: number
  readonly index: number
  readonly question: Question | undefined
  /** What is known of the filing type, later answers open; one result stands for those nobody tells apart. */
  readonly filing: Known
  next(value: AnswerValue): Frame
}

interface Item {
  readonly name: string
  readonly parts: readonly Part[]
  readonly row: Row | undefined
  /** For questions: their place. */
  readonly index: number
}

/** The first frame, further ones as they are entered. Filing types with the same sort count as one. */
export function framesFor(
  book: RuleBook,
  questions: readonly Question[],
  asOf: string,
  sorts: ReadonlyMap<string, string>,
): Frame {
  const filing = tableOf(book, 'filing-type')
  const last = settledAfter(book, questions)
  const ahead = openAhead(book, questions)
  const known = new Map<string, Frame>()
  const start: readonly Item[] = [
    ...filing.rows
      .filter((row) => inForce(row, asOf))
      .map((row) => ({
        name: `=${sorts.get(row.result) ?? ''}`,
        parts: partsOf(row.when, last),
        row,
        index: -1,
      })),
    ...questions.map(({ id, when }, index) => ({
      name: id,
      parts: partsOf(when, last),
      row: undefined,
      index,
    })),
  ]

  const enter = (answers: Answers, from: number, items: readonly Item[]): Frame => {
    const index = nextIndex(book, questions, answers, from, asOf)
    const plain = decidedKnowledge(book, ahead(answers, index), asOf)
    const results = new Map<string, string>()
    const marks = new Set<string>()
    const left: Item[] = []
    for (const item of items) {
      if (!item.row) continue
      const standing = standingOf(item.parts, plain, index)
      if (!standing) continue
      left.push(item)
      results.set(sorts.get(item.row.result) ?? '', item.row.result)
      marks.add(item.name + standing.waits)
    }
    const possible = one(...results.values())
    const know = (key: string) => (key === 'filing-type' ? possible : plain(key))
    for (const item of items) {
      if (item.row || item.index <= index) continue
      const standing = standingOf(item.parts, know, index)
      if (!standing) continue
      left.push(item)
      marks.add(item.name + standing.unsure + standing.waits)
    }
    const signature = `${index} ${[...marks].join(' ')}`
    const frame = known.get(signature) ?? frameAt(answers, index, left, possible)
    known.set(signature, frame)
    return frame
  }

  const frameAt = (answers: Answers, index: number, items: readonly Item[], possible: Known): Frame => {
    const question = questions[index]
    const steps = new Map<string, Frame>()
    return {
      number: known.size,
      index,
      question,
      filing: possible,
      next: (value) => {
        const key = String(value)
        const next = steps.get(key) ?? enter({ ...answers, [question?.id ?? '']: value }, index + 1, items)
        steps.set(key, next)
        return next
      },
    }
  }
  return enter({}, 0, start)
}

/** Which filing types the conditions tell apart: those with the same mark are alike to all of them. */
export function filingSorts(book: RuleBook, conditions: readonly Condition[]): ReadonlyMap<string, string> {
  const distinct = new Map(
    conditions
      .filter((condition) => Object.hasOwn(condition, 'filing-type'))
      .map((condition) => [
        JSON.stringify(condition['filing-type']),
        { 'filing-type': condition['filing-type'] ?? '' },
      ]),
  )
  const mark = (result: string) =>
    [...distinct.values()].map((part) => (holds(part, () => one(result)) === 'true' ? '1' : '0'))
  return new Map(
    Object.keys(tableOf(book, 'filing-type').results).map((result) => [result, mark(result).join('')]),
  )
}

/** The next question that applies, found as the resolver finds it; the number of questions at the end. */
function nextIndex(
  book: RuleBook,
  questions: readonly Question[],
  answers: Answers,
  from: number,
  asOf: string,
): number {
  const know = decidedKnowledge(book, answers, asOf)
  const index = questions.findIndex(
    (question, place) => place >= from && holds(question.when, know) !== 'false',
  )
  return index === -1 ? questions.length : index
}
