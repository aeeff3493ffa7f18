import { UNSURE, type Answers } from '../../rules/answers.ts'
import { DERIVATIONS } from '../../rules/assess/derived.ts'
import { holds, type Truth } from '../../rules/condition.ts'
import type { Knowledge } from '../../rules/knowledge.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Condition, ConditionValue } from '../../rules/schema.ts'
import type { Question } from '../schema.ts'

/** One key of a condition, followed along a path. */
export interface Part {
  readonly truth: (know: Knowledge) => Truth
  readonly text: string
  /** Place of the last question that can change it; -1 when none can. */
  readonly last: number
}

/** Where a condition stands before the question at some place. */
export interface Standing {
  /** Whether later answers can still change it. */
  readonly pending: boolean
  /** `?` where an answer that will not come keeps it open. */
  readonly unsure: string
  /** What it waits for: equal for conditions with the same future. */
  readonly waits: string
}

export function partsOf(condition: Condition, last: (key: string) => number): readonly Part[] {
  return Object.entries(condition).map(([key, wanted]) => ({
    truth: truthOf(key, wanted),
    text: `${key}:${JSON.stringify(wanted)}`,
    last: last(key),
  }))
}

/** Undefined when the condition can no longer hold. */
export function standingOf(parts: readonly Part[], know: Knowledge, index: number): Standing | undefined {
  let [pending, unsure, waits] = [false, '', '']
  for (const part of parts) {
    const truth = part.truth(know)
    if (truth === 'false') return undefined
    if (part.last >= index) {
      pending = true
      waits += truth === 'true' ? `+${part.text}` : part.text
    } else if (truth === 'unknown') unsure = '?'
  }
  return { pending, unsure, waits }
}

/** Whether one part holds; for a single known value, which is the common case, worked out once. */
function truthOf(key: string, wanted: ConditionValue): (know: Knowledge) => Truth {
  const condition = { [key]: wanted }
  const single = new Map<string, Truth>()
  return (know) => {
    const known = know(key)
    if (known.kind === 'list' || known.possible.length !== 1) return holds(condition, know)
    const value = known.possible[0] ?? ''
    const truth = single.get(value) ?? holds(condition, know)
    single.set(value, truth)
    return truth
  }
}

/**
 * Answers with what later questions may still say, for the question at a place: keys that rest on a default are
 * still open, not yet that default, and so is a key that will be worked out from what is typed later.
 */
export function openAhead(
  book: RuleBook,
  questions: readonly Question[],
): (answers: Answers, index: number) => Answers {
  const open = (keys: readonly string[]): Answers =>
    Object.fromEntries(
      keys.filter((key) => book.keys.get(key)?.default !== undefined).map((key) => [key, UNSURE]),
    )
  const ahead = [...questions, undefined].map((_, index) => {
    const ids = questions.slice(index).map(({ id }) => id)
    return {
      asked: open(ids),
      derived: open(DERIVATIONS.filter(({ from }) => ids.includes(from)).map(({ key }) => key)),
    }
  })
  return (answers, index) => ({ ...ahead[index]?.asked, ...answers, ...ahead[index]?.derived })
}
