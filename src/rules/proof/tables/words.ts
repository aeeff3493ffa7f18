import type { RuleBook } from '../../rulebook.ts'
import { domainOf } from '../domain.ts'
import { listed } from '../problem.ts'
import type { Given } from './space.ts'

/** A case in words: "entity.filing is none; domain.filing is same-entity". */
export function caseWords(book: RuleBook, given: readonly Given[]): string {
  const parts = given
    .filter(({ key, values }) => values.length < (domainOf(book, key)?.length ?? Infinity))
    .map(({ key, values }) => (values.length === 0 ? `${key} does not apply` : `${key} is ${valueWords(book, key, values)}`))
  return parts.length === 0 ? 'whatever is answered' : parts.join('; ')
}

function valueWords(book: RuleBook, key: string, values: readonly string[]): string {
  const all = domainOf(book, key) ?? []
  const others = all.filter((value) => !values.includes(value))
  if (values.length > 5 && others.length > 0 && others.length < values.length) return `anything but ${listed(others, 6)}`
  return listed(values, 4).replace(/ and (?!\d)/, ' or ')
}
