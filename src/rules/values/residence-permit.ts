import { codesInText, longestRun } from './codes-in-text.ts'
import { ageNote, bornFrom, IDENTITY_LENGTH, readIdentityNumber, withLatinX, type IdentityParts } from './identity-number.ts'
import { tidy, TEXT_LIMIT } from './tidy.ts'
import { accepted, refused, type Context, type Validation } from './validation.ts'

export interface ResidencePermitParts extends IdentityParts {
  /** A value of the answer key `leader.residency`. */
  readonly residency: string
}

const RESIDENCY_OF: Readonly<Record<string, string>> = { '810000': 'hong-kong', '820000': 'macau', '830000': 'taiwan' }

/** Residence permit for Hong Kong, Macau and Taiwan residents: an identity number with a prefix of its own. */
export function residencePermit(text: string, context: Context): Validation<ResidencePermitParts> {
  const tidied = tidy(text)
  if (tidied === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const plain = withLatinX(tidied)
  const [hit, ...others] = codesInText(plain, IDENTITY_LENGTH, readIdentityNumber)
  if (others.length > 0) return refused('several')
  if (!hit) {
    const run = longestRun(plain)
    return run.length < 6 ? refused('residence-permit.missing') : refused('residence-permit.length', { count: String(run.length) })
  }
  const residency = RESIDENCY_OF[hit.text.slice(0, 6)]
  if (residency === undefined) return refused('residence-permit.prefix')
  if (hit.read.rank !== 'sure') return refused('residence-permit.checksum')
  if (isOther(residency, context)) return refused('residence-permit.other-residency', { prefix: hit.text.slice(0, 2) })
  const born = bornFrom(hit.text.slice(6, 14), context.asOf)
  if (typeof born === 'string') return refused('residence-permit.birth-date')
  return accepted(hit.text, { ...born, residency }, [ageNote(born)])
}

/** Whether somebody who said where they live holds a paper of another place. */
export function isOther(residency: string, context: Context): boolean {
  return context.residency !== undefined && context.residency !== 'unsure' && context.residency !== residency
}
