import { AppError } from '../../errors.ts'

/**
 * A stored record is lines of text: its fields, then the caller's JSON last. JSON text never holds a raw line
 * break, so neither a value nor an id written as JSON can be taken for a field, and a person can read the data.
 */
export function record(...fields: readonly (string | number)[]): string {
  return fields.join('\n')
}

/** The first field and the rest of a record. */
export function cut(text: string): readonly [string, string] {
  const at = text.indexOf('\n')
  if (at < 0) throw damaged('a record without its fields')
  return [text.slice(0, at), text.slice(at + 1)]
}

/** A number field. */
export function wholeNumber(text: string): number {
  const value = Number(text)
  if (text === '' || !Number.isSafeInteger(value)) throw damaged('a number field that is no number')
  return value
}

export function damaged(what: string): AppError {
  return new AppError('internal', {
    detail: `The store holds ${what}: its files were changed by something else.`,
    remedy: 'Restore the data folder from a backup.',
  })
}
