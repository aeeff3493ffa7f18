import { codesInText, longestRun } from './codes-in-text.ts'
import { ageNote, bornFrom, IDENTITY_LENGTH, readIdentityNumber, withLatinX, type IdentityParts } from './identity-number.ts'
import { tidy, TEXT_LIMIT } from './tidy.ts'
import { accepted, note, refused, type Context, type Validation } from './validation.ts'
import { regionName } from './value-book.ts'

export interface ResidentIdParts extends IdentityParts {
  /** ISO code of the province the number was issued in. People keep their number when they move. */
  readonly province: string
}

/** Resident identity number, GB 11643-1999. Its problems never repeat the number: it is sensitive. */
export function residentId(text: string, context: Context): Validation<ResidentIdParts> {
  const tidied = tidy(text)
  if (tidied === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const plain = withLatinX(tidied)
  const [hit, ...others] = codesInText(plain, IDENTITY_LENGTH, readIdentityNumber)
  if (others.length > 0) return refused('several')
  if (!hit) return refusedShape(longestRun(plain))
  return judged(hit.text, hit.read.rank === 'sure', context)
}

function refusedShape(run: string): Validation<ResidentIdParts> {
  if (/^\d{15}$/.test(run)) return refused('resident-id.old')
  if (run.replace(/\D/g, '').length < 6) return refused('resident-id.missing')
  return refused('resident-id.length', { count: String(run.length) })
}

function judged(number: string, checks: boolean, context: Context): Validation<ResidentIdParts> {
  if (!checks) return refused('resident-id.checksum')
  if (/^8[123]0000/.test(number)) return refused('resident-id.is-residence-permit')
  if (number.startsWith('9')) return refused('resident-id.is-permanent-residence')
  const region = context.book.regions.find((candidate) => candidate.code === number.slice(0, 2))
  if (!region) return refused('resident-id.region', { digits: number.slice(0, 2) })
  const born = bornFrom(number.slice(6, 14), context.asOf)
  if (typeof born === 'string') return refused(`resident-id.${born}`)
  const moved =
    context.province !== undefined && context.province !== region.id
      ? note('resident-id.other-province', { found: region.name, filing: regionName(context.book, context.province) })
      : undefined
  const shown = `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}`
  return accepted(number, { ...born, province: region.id }, [moved, ageNote(born)], shown)
}
