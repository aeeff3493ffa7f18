import { domainToUnicode } from 'node:url'
import type { FieldQuestion } from '../../interview/open-fields.ts'
import type { ValueBook } from '../../rules/values/value-book.ts'

/** A typed value as people read it. A sensitive one is never shown whole. */
export function typedText(
  { field, personal }: FieldQuestion,
  value: string,
  values: ValueBook | undefined,
): string {
  if (personal === 'sensitive') return masked(value)
  switch (field) {
    case 'division':
      return divisionName(value, values)
    case 'domains':
    case 'url':
      return domainToUnicode(value) || value
    case 'ip-addresses':
      return value.replaceAll(';', ', ')
    default:
      return value
  }
}

/** First and last characters, so that its owner knows which it is. */
export function masked(value: string): string {
  const characters = [...value]
  const kept = characters.length > 10 ? 4 : 1
  return [
    ...characters.slice(0, Math.min(kept, 3)),
    '*'.repeat(Math.max(3, characters.length - 2 * kept)),
    ...characters.slice(-kept),
  ].join('')
}

/** With the divisions it lies in: many districts are called 城关区. */
function divisionName(code: string, values: ValueBook | undefined): string {
  const divisions = values?.divisions()
  const names: string[] = []
  for (let division = divisions?.byCode(code); division && names.length < 3;) {
    if (division.name !== names[0]) names.unshift(division.name)
    division = division.parent === undefined ? undefined : divisions?.byCode(division.parent)
  }
  return names.length === 0 ? code : names.join('')
}
