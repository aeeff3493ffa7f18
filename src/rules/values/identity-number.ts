import { identityNumberCheck } from './check-digits.ts'
import type { Read } from './codes-in-text.ts'
import { ageBand, ageOn, isDay, type AgeBand } from './dates.ts'
import { note, type Note } from './validation.ts'

/** What the 18 characters of an identity number say; the same layout serves residence permits. */
export interface IdentityParts {
  readonly birthDate: string
  /** Completed years on the day of the check. */
  readonly age: number
  readonly ageBand: AgeBand
}

export const IDENTITY_LENGTH = 18
const EARLIEST_BIRTH_YEAR = 1900

/** Makes the check character X of other alphabets, and the multiplication sign, a Latin X. */
export function withLatinX(plain: string): string {
  return plain.toUpperCase().replace(/(?<=\d[\s-]*)[ХΧ×✕✖]/gu, 'X')
}

export function readIdentityNumber(joined: string): Read | undefined {
  if (!/^\d{17}[\dX]$/.test(joined)) return undefined
  return { rank: identityNumberCheck(joined.slice(0, -1)) === joined.at(-1) ? 'sure' : 'shape' }
}

/** The birth date at its place, or what is wrong with it. */
export function bornFrom(eightDigits: string, asOf: string): IdentityParts | 'birth-date' | 'birth-future' {
  const birthDate = `${eightDigits.slice(0, 4)}-${eightDigits.slice(4, 6)}-${eightDigits.slice(6)}`
  if (!isDay(birthDate) || Number(eightDigits.slice(0, 4)) < EARLIEST_BIRTH_YEAR) return 'birth-date'
  if (birthDate > asOf) return 'birth-future'
  const age = ageOn(birthDate, asOf)
  return { birthDate, age, ageBand: ageBand(age) }
}

/** Most provinces want leaders to be 18 (fact person.age): a note, since the province decides. */
export function ageNote({ age, ageBand }: IdentityParts): Note | undefined {
  if (ageBand === 'adult') return undefined
  return note(ageBand === '16-17' ? 'id.age-16-17' : 'id.under-16', { age: String(age) })
}
