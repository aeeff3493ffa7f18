import { codesInText, longestRun, type Read } from './codes-in-text.ts'
import { readIdentityNumber } from './identity-number.ts'
import { tidy, TEXT_LIMIT } from './tidy.ts'
import { accepted, note, refused, type Context, type Validation } from './validation.ts'

const SHORTEST = 5
const LONGEST = 12
/** The number field of ICAO Doc 9303 holds nine characters, and few countries use less than seven. */
const USUAL = /^.{7,9}$/

/** A passport of any country: letters and digits of plausible length; there is no check digit to go by. */
export function passport(text: string, context: Context): Validation {
  const plain = tidy(text)?.toUpperCase()
  if (plain === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  if (codesInText(plain, 18, readIdentityNumber).some((hit) => hit.read.rank === 'sure'))
    return refused('passport.is-resident-id')
  const [hit, ...others] = codesInText(plain, LONGEST, readPassport)
  if (others.length > 0) return refused('several')
  if (!hit) {
    const run = longestRun(plain)
    return run === '' ? refused('passport.missing') : refused('passport.length', { count: String(run.length) })
  }
  return accepted(hit.text, {}, [
    USUAL.test(hit.text) ? undefined : note('passport.unusual-length', { count: String(hit.text.length) }),
    context.residency === 'mainland' ? note('passport.mainland') : undefined,
  ])
}

/** Up to three letters, then digits with at most two more letters among them; words have no such mix. */
function readPassport(joined: string): Read | undefined {
  if (joined.length < SHORTEST || joined.length > LONGEST) return undefined
  if (!/^[A-Z]{0,3}\d[0-9A-Z]*$/.test(joined)) return undefined
  const digits = joined.replace(/\D/g, '').length
  return digits >= 4 && joined.length - digits <= 5 ? { rank: USUAL.test(joined) ? 'sure' : 'shape' } : undefined
}
