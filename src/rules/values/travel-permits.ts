import { codesInText, longestRun, type Read } from './codes-in-text.ts'
import { isOther } from './residence-permit.ts'
import { tidy, TEXT_LIMIT } from './tidy.ts'
import { accepted, note, refused, type Context, type Validation } from './validation.ts'

/** Mainland travel permit for Hong Kong and Macau residents: H or M and 8 digits, older cards 2 more for the issue. */
export function hkMacauPermit(text: string, context: Context): Validation<{ residency: string }> {
  const plain = tidy(text)?.toUpperCase()
  if (plain === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const [hit, ...others] = codesInText(plain, 11, (joined) => shape(/^[HM]\d{8}(\d{2})?$/, joined))
  if (others.length > 0) return refused('several')
  if (!hit) return refusedPermit(longestRun(plain))
  const residency = hit.text.startsWith('H') ? 'hong-kong' : 'macau'
  if (isOther(residency, context)) return refused('hk-macau-permit.other-residency', { letter: hit.text.charAt(0) })
  return accepted(hit.text, { residency }, [hit.text.length === 11 ? note('hk-macau-permit.reissue') : undefined])
}

function refusedPermit(run: string): Validation<{ residency: string }> {
  const digits = run.replace(/\D/g, '')
  if (digits.length < 4) return refused('hk-macau-permit.missing')
  if (digits.length === 8 || digits.length === 10) return refused('hk-macau-permit.letter')
  return refused('hk-macau-permit.length', { count: String(digits.length) })
}

/** Mainland travel permit for Taiwan residents: 8 digits; old booklets 10, some with a letter in brackets. */
export function taiwanPermit(text: string): Validation {
  const plain = tidy(text)?.toUpperCase()
  if (plain === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const [hit, ...others] = codesInText(plain, 11, (joined) => shape(/^(\d{8}|\d{10}[A-Z]?)$/, joined))
  if (others.length > 0) return refused('several')
  if (hit) {
    const number = hit.text.replace(/[A-Z]$/, '')
    return accepted(number, {}, [number.length === 10 ? note('taiwan-permit.old') : undefined])
  }
  const run = longestRun(plain)
  return run.length < 4 ? refused('taiwan-permit.missing') : refused('taiwan-permit.length', { count: String(run.length) })
}

function shape(pattern: RegExp, joined: string): Read | undefined {
  return pattern.test(joined) ? { rank: 'shape' } : undefined
}
