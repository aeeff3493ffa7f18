import type { Knowledge, Known } from './knowledge.ts'
import type { Condition, ConditionValue } from './schema.ts'

/** Kleene's three values: `unknown` is never taken for either of the others. */
export type Truth = 'true' | 'false' | 'unknown'

/** Whether all parts of a condition hold. An empty condition is true. */
export function holds(condition: Condition, know: Knowledge): Truth {
  let result: Truth = 'true'
  for (const [key, wanted] of partsOf(condition)) {
    const truth = matches(wanted, know(key))
    if (truth === 'false') return 'false'
    if (truth === 'unknown') result = 'unknown'
  }
  return result
}

/** Conditions are read thousands of times in a turn, and never change once they are loaded. */
const parts = new WeakMap<Condition, readonly (readonly [string, ConditionValue])[]>()

function partsOf(condition: Condition): readonly (readonly [string, ConditionValue])[] {
  const known = parts.get(condition)
  if (known) return known
  const made = Object.entries(condition)
  parts.set(condition, made)
  return made
}

/** Whether one value satisfies one part of a condition. */
export function accepts(wanted: ConditionValue, value: string): boolean {
  if (typeof wanted === 'string') return wanted === value
  if (Array.isArray(wanted)) return wanted.includes(value)
  return !accepts(wanted.not, value)
}

function matches(wanted: ConditionValue, known: Known): Truth {
  if (known.kind === 'list') return matchesList(wanted, known.values)
  let accepted = 0
  for (const value of known.possible) if (accepts(wanted, value)) accepted += 1
  // A key that does not apply satisfies no condition about it, not even a negative one.
  if (accepted === 0) return 'false'
  return accepted === known.possible.length ? 'true' : 'unknown'
}

/** A list satisfies `value` when it contains it, `[values]` when it contains one of them, `not` when it contains none. */
function matchesList(wanted: ConditionValue, values: readonly string[] | undefined): Truth {
  if (values === undefined) return 'unknown'
  const named = typeof wanted === 'object' && !Array.isArray(wanted) ? wanted.not : wanted
  const contains = values.some((value) => accepts(named, value))
  return contains === (named === wanted) ? 'true' : 'false'
}
