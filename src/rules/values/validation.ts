import type { Text } from '../../language.ts'
import type { NoteCode, ProblemCode } from './codes.ts'
import type { ValueBook } from './value-book.ts'

/** What fills the {placeholders} of a message; a label comes in every language of the product. */
export type Details = Readonly<Record<string, string | Text>>

/** Accepted, and yet something to look at. */
export interface Note {
  readonly code: NoteCode
  readonly details: Details
}

/** A value in its canonical form, and as people are used to reading it. */
export interface Valid<Parts> {
  readonly ok: true
  readonly value: string
  readonly shown: string
  /** What the value itself says: a birth date, a province, a suffix. */
  readonly parts: Parts
  readonly notes: readonly Note[]
}

/** Refused: one cause, the first that has to be mended. `details.suggestion` is a value that would fit. */
export interface Invalid {
  readonly ok: false
  readonly problem: ProblemCode
  readonly details: Details
}

export type Validation<Parts = object> = Valid<Parts> | Invalid

/** What else is known when a value is checked. Only `book` and `asOf` are needed; the rest allows comparisons. */
export interface Context {
  readonly book: ValueBook
  /** The day the value is judged on, ISO 8601. */
  readonly asOf: string
  /** The filing province, ISO 3166-2. */
  readonly province?: string | undefined
  readonly entityKind?: string | undefined
  readonly residency?: string | undefined
  readonly serviceKind?: string | undefined
  /** Codes of the city and district already chosen. */
  readonly city?: string | undefined
  readonly district?: string | undefined
  /** Canonical values this one must differ from, such as the other phone number. */
  readonly differentFrom?: readonly string[] | undefined
}

/** A pure check of what somebody typed. Never throws, whatever the text. */
export type Validator<Parts = object> = (text: string, context: Context) => Validation<Parts>

export function refused(problem: ProblemCode, details: Details = {}): Invalid {
  return { ok: false, problem, details }
}

export function accepted<Parts>(
  value: string,
  parts: Parts,
  notes: readonly (Note | undefined)[] = [],
  shown = value,
): Valid<Parts> {
  return { ok: true, value, shown, parts, notes: notes.filter((note) => note !== undefined) }
}

export function note(code: NoteCode, details: Details = {}): Note {
  return { code, details }
}
