import { preApprovalCategories } from '../assess/pre-approvals.ts'
import { valuesOf, type RuleBook } from '../rulebook.ts'
import type { Condition, ConditionValue } from '../schema.ts'

/**
 * The values a condition may name for a key: those of an answer key, the groups of entities, the services a
 * pre-approval is decided for, or the results of another table. Undefined when nothing is called so.
 */
export function domainOf(book: RuleBook, key: string): readonly string[] | undefined {
  if (book.keys.has(key)) return valuesOf(book, key)
  if (key === 'entity.group') return Object.keys(book.groups)
  if (key === 'category') return preApprovalCategories(book)
  const table = book.tables.get(key)
  if (!table) return undefined
  return key === 'pre-approval' ? [...Object.keys(table.results), 'none'] : Object.keys(table.results)
}

/** Every name a condition may use. */
export function allKeys(book: RuleBook): readonly string[] {
  return [...book.keys.keys(), 'entity.group', 'category', ...book.tables.keys()]
}

/** Keys that have to be known to know this one: those of its `only`, the kind behind a group. */
export function behind(book: RuleBook, key: string): readonly string[] {
  if (key === 'entity.group') return ['entity.kind']
  return Object.keys(book.keys.get(key)?.only ?? {})
}

/** The keys with everything behind them, what is behind first. Circles are cut; another check reports them. */
export function withBehind(book: RuleBook, keys: Iterable<string>): readonly string[] {
  const ordered = new Set<string>()
  const visiting = new Set<string>()
  const add = (key: string) => {
    if (ordered.has(key) || visiting.has(key)) return
    visiting.add(key)
    behind(book, key).forEach(add)
    ordered.add(key)
  }
  for (const key of keys) add(key)
  return [...ordered]
}

/** The values a part of a condition names. */
export function named(wanted: ConditionValue): readonly string[] {
  const inner = typeof wanted === 'object' && !Array.isArray(wanted) ? wanted.not : wanted
  return typeof inner === 'string' ? [inner] : inner
}

export function partsOf(condition: Condition): readonly (readonly [key: string, wanted: ConditionValue])[] {
  return Object.entries(condition)
}
