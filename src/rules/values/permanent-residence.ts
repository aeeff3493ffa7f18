import { codesInText, longestRun, type Read } from './codes-in-text.ts'
import { ageNote, bornFrom, readIdentityNumber, withLatinX, type IdentityParts } from './identity-number.ts'
import { tidy, TEXT_LIMIT } from './tidy.ts'
import { accepted, note, refused, type Context, type Validation } from './validation.ts'

const OLD = /^[A-Z]{3}\d{12}$/

/**
 * Foreign permanent resident identity card: since 2023 18 digits beginning with 9 and checked like an identity
 * number; before that three letters of the country and 12 digits.
 */
export function permanentResidence(text: string, context: Context): Validation<Partial<IdentityParts>> {
  const tidied = tidy(text)
  if (tidied === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const plain = withLatinX(tidied)
  const [hit, ...others] = codesInText(plain, 18, readCard)
  if (others.length > 0) return refused('several')
  if (!hit) {
    const run = longestRun(plain)
    if (run.length < 6) return refused('permanent-residence.missing')
    if (run.length === 15 || run.length === 18) return refused('permanent-residence.shape')
    return refused('permanent-residence.length', { count: String(run.length) })
  }
  if (OLD.test(hit.text)) return accepted(hit.text, {}, [note('permanent-residence.old')])
  if (hit.read.rank !== 'sure') return refused('permanent-residence.checksum')
  const born = bornFrom(hit.text.slice(6, 14), context.asOf)
  if (typeof born === 'string') return refused('permanent-residence.birth-date')
  return accepted(hit.text, born, [ageNote(born)])
}

function readCard(joined: string): Read | undefined {
  if (OLD.test(joined)) return { rank: 'shape' }
  return joined.startsWith('9') ? readIdentityNumber(joined) : undefined
}
