import { DERIVATIONS } from '../../rules/assess/derived.ts'
import { NEEDED } from '../../rules/proof/tables/prove.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Table } from '../../rules/schema.ts'
import type { Question } from '../schema.ts'
import { decidedKnowledge } from './knowledge.ts'

/** Keys that a conversation learns: those of its questions, and what is worked out from typed answers. */
export function askedKeys(questions: readonly Question[]): ReadonlySet<string> {
  const ids = new Set(questions.map(({ id }) => id))
  return new Set([...ids, ...DERIVATIONS.filter(({ from }) => ids.has(from)).map(({ key }) => key)])
}

/**
 * Tables that a conversation settles: those every assessment uses, and those whose inputs are all asked for,
 * decided, or rest on a default.
 */
export function askedTables(book: RuleBook, questions: readonly Question[]): readonly Table[] {
  const asked = askedKeys(questions)
  const know = decidedKnowledge(book, {}, '2020-01-01')
  const supplied = (key: string): boolean => {
    if (asked.has(key) || key === 'entity.group' || key === 'category') return true
    const declared = book.keys.get(key)
    if (declared) return declared.default !== undefined
    const known = know(key)
    return known.kind === 'list' || known.possible.length > 0
  }
  return [...book.tables.values()].filter(
    (table) => NEEDED.includes(table.id) || table.inputs.every(supplied),
  )
}
