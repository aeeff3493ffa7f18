import { holds } from '../../condition.ts'
import { INAPPLICABLE, one, type Known, type Knowledge } from '../../knowledge.ts'
import type { RuleBook } from '../../rulebook.ts'
import type { Condition, ConditionValue, Row } from '../../schema.ts'
import { domainOf, withBehind } from '../domain.ts'

/** One input with the values that no row of the table tells apart. */
export interface Given {
  readonly key: string
  /** Empty where the key does not apply. */
  readonly values: readonly string[]
  readonly known: Known
}

/** A class of cases: what was given, and the rows that hold for each of them. */
export interface CaseClass {
  readonly given: readonly Given[]
  readonly rows: readonly Row[]
}

/**
 * Visits every case of some rows, each class of indistinguishable cases once: input by input, as long as some row
 * still asks. Exhaustive, yet small, because values that no remaining row tells apart stay together and a branch
 * ends as soon as no row is left.
 */
export function visitCases(book: RuleBook, rows: readonly Row[], visit: (found: CaseClass) => void): void {
  const order = withBehind(book, rows.flatMap((row) => Object.keys(row.when))).filter((key) => key !== 'entity.group')

  const step = (index: number, given: readonly Given[], known: ReadonlyMap<string, Known>, alive: readonly Row[]): void => {
    const key = order[index]
    if (key === undefined || alive.length === 0)
      return visit({ given, rows: alive })
    const asked = new Set(withBehind(book, alive.flatMap((row) => Object.keys(row.when))))
    if (!asked.has(key)) return step(index + 1, given, known, alive)
    for (const choice of choicesOf(book, key, alive, asked, known)) {
      const now = new Map(known).set(key, choice.known)
      if (key === 'entity.kind') now.set('entity.group', groupOf(book, choice.known))
      const know: Knowledge = (name) => now.get(name) ?? INAPPLICABLE
      const touched = key === 'entity.kind' ? [key, 'entity.group'] : [key]
      const left = alive.filter((row) => touched.every((name) => holds(part(row.when, name), know) !== 'false'))
      step(index + 1, [...given, choice], now, left)
    }
  }
  step(0, [], new Map(), rows)
}

/** The values of a key, those together that neither the rows alive nor a key that depends on it tells apart. */
function choicesOf(book: RuleBook, key: string, alive: readonly Row[], asked: ReadonlySet<string>, known: ReadonlyMap<string, Known>): readonly Given[] {
  const declared = book.keys.get(key)
  if (declared?.only && holds(declared.only, (name) => known.get(name) ?? INAPPLICABLE) === 'false') {
    const fallback = declared.default
    return [{ key, values: fallback === undefined ? [] : [fallback], known: fallback === undefined ? INAPPLICABLE : one(fallback) }]
  }
  const parts = [
    ...alive.flatMap((row) => wantedOf(row.when, key)),
    ...[...asked].flatMap((name) => wantedOf(book.keys.get(name)?.only ?? {}, key)),
  ]
  const groups = key === 'entity.kind' ? Object.values(book.groups) : []
  const classes = new Map<string, Given>()
  for (const candidate of candidates(book, key, parts)) {
    const signature = [
      ...parts.map((value) => holds({ x: value }, () => candidate.known)),
      ...groups.map((kinds) => String(candidate.values.some((value) => kinds.includes(value)))),
    ].join()
    const same = classes.get(signature)
    classes.set(signature, same ? { ...same, values: [...same.values, ...candidate.values] } : candidate)
  }
  return [...classes.values()]
}

/** Single values; for a key with several values also all of them together (but for the one that stands alone). */
function candidates(book: RuleBook, key: string, parts: readonly ConditionValue[]): readonly Given[] {
  const values = domainOf(book, key) ?? []
  const declared = book.keys.get(key)
  if (declared?.type !== 'choices') return values.map((value) => ({ key, values: [value], known: one(value) }))
  const joined = values.filter((value) => value !== declared.alone)
  // Which of the values the conditions name decides; every set of those is tried while there are few.
  const named = joined.filter((value) => parts.some((wanted) => holds({ x: wanted }, () => list([value])) !== holds({ x: wanted }, () => list([]))))
  const other = joined.find((value) => !named.includes(value))
  const sets = named.length > 8 ? [...joined.map((value) => [value]), joined] : subsets(named, other)
  const alone = declared.alone === undefined ? [] : [[declared.alone]]
  return [...sets, ...alone].map((set) => ({ key, values: [set.join(' + ')], known: list(set) }))
}

function subsets(named: readonly string[], other: string | undefined): readonly (readonly string[])[] {
  const sets = named.reduce<readonly (readonly string[])[]>((all, value) => [...all, ...all.map((set) => [...set, value])], [[]])
  return sets.map((set) => (set.length === 0 && other !== undefined ? [other] : set)).filter((set) => set.length > 0)
}

function groupOf(book: RuleBook, kind: Known): Known {
  const possible = kind.kind === 'one' ? kind.possible : []
  return one(...Object.keys(book.groups).filter((group) => possible.some((value) => book.groups[group]?.includes(value))))
}

const list = (values: readonly string[]): Known => ({ kind: 'list', values })

function wantedOf(condition: Condition, key: string): readonly ConditionValue[] {
  const wanted = condition[key]
  return wanted === undefined ? [] : [wanted]
}

function part(condition: Condition, key: string): Condition {
  const wanted = condition[key]
  return wanted === undefined ? {} : { [key]: wanted }
}
