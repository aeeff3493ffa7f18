import { AppError } from '../errors.ts'
import type { Json, Write } from './port.ts'
import { tagOfBatch } from './tags.ts'

/** The longest key, log name, queue name or id, in UTF-8 bytes. */
export const MAX_KEY_BYTES = 512
/** The largest value, in bytes of its JSON text. Far above any case; it stops a runaway value from filling the store. */
export const MAX_VALUE_BYTES = 4 * 1024 * 1024

/**
 * Refuses what no adapter can keep apart: the empty string, a key over 512 bytes, and a lone surrogate (every
 * lone surrogate has the same UTF-8 form, so two different keys would become one).
 * @throws AppError `request-invalid`
 */
export function checkKey(what: string, key: string): string {
  if (typeof key !== 'string') throw invalid(what, 'is not a string', 'Pass a string.')
  if (key === '') throw invalid(what, 'is empty', 'Pass at least one character.')
  if (/\p{Surrogate}/u.test(key)) {
    throw invalid(what, 'holds half a surrogate pair', 'Pass well-formed Unicode text.')
  }
  const bytes = Buffer.byteLength(key)
  if (bytes > MAX_KEY_BYTES) {
    throw invalid(what, `has ${bytes} bytes`, `Pass at most ${MAX_KEY_BYTES} UTF-8 bytes.`)
  }
  return key
}

/**
 * The JSON text of a value, taken at the time of the call, so that a caller who changes the object afterwards
 * changes nothing stored.
 * @throws AppError `request-invalid` for what JSON cannot hold and for more than 4 MiB
 */
export function toJson(what: string, value: Json): string {
  let text: string | undefined
  try {
    text = JSON.stringify(value)
  } catch (cause) {
    throw invalid(what, 'cannot be written as JSON', 'Pass plain JSON data without cycles.', cause)
  }
  if (text === undefined) throw invalid(what, 'is not a JSON value', 'Pass plain JSON data.')
  const bytes = Buffer.byteLength(text)
  if (bytes > MAX_VALUE_BYTES) {
    throw invalid(what, `has ${bytes} bytes as JSON`, `Pass at most ${MAX_VALUE_BYTES} bytes.`)
  }
  return text
}

/** What `toJson` wrote. JSON text holds a JSON value by definition, so the assertion asserts nothing unknown. */
export function fromJson(text: string): Json {
  return JSON.parse(text) as Json
}

/**
 * Watermarks, limits, versions and epoch milliseconds: whole numbers from 0 up to 2^53 - 1.
 * @throws AppError `request-invalid`
 */
export function checkWhole(what: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw invalid(what, `is ${String(value)}`, 'Pass a whole number from 0 to 2^53 - 1.')
  }
  return value
}

/**
 * What every adapter asks of a batch before it looks at a value: keys and versions that can be kept, no key twice,
 * all keys about one thing (tags.ts).
 * @throws AppError `request-invalid`
 */
export function checkBatch(writes: readonly Write[]): void {
  const seen = new Set<string>()
  for (const { key, expected, value } of writes) {
    checkKey('key', key)
    if (expected !== 'any') checkWhole('expected version', expected)
    else if (value !== undefined)
      throw invalid('key', 'is to be written over whatever is there', 'Pass the version that was read.')
    if (seen.has(key))
      throw invalid('key', 'stands twice in one batch', 'Put both changes of a document into one write.')
    seen.add(key)
  }
  tagOfBatch([...seen])
}

function invalid(subject: string, problem: string, remedy: string, cause?: unknown): AppError {
  return new AppError('request-invalid', { detail: `The ${subject} ${problem}.`, remedy, subject, cause })
}
