import { parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/max'
import { codesInText, longestRun, type Read } from './codes-in-text.ts'
import { FOREIGN, landlinesIn, landlineValue } from './landline.ts'
import { tidy, TEXT_LIMIT } from './tidy.ts'
import { accepted, note, refused, type Context, type Invalid, type Validation } from './validation.ts'

export interface PhoneParts {
  readonly kind: 'mobile' | 'landline'
  /** International form, E.164. */
  readonly e164: string
}

interface MobileRead extends Read {
  readonly number: string
}

/** Mainland mobile number, 11 digits; the country code in any spelling is left out. */
export function mobile(text: string, context: Context): Validation<PhoneParts> {
  const plain = tidy(text)?.toUpperCase()
  if (plain === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const numbers = mobilesIn(plain)
  if (numbers.length > 1) return refused('several')
  const [number] = numbers
  if (number === undefined) {
    if (landlinesIn(plain, context.book).length > 0) return refused('mobile.landline')
    return refusedPhone(plain, 'mobile')
  }
  return acceptedMobile(number, context)
}

/** Landline with area code. */
export function landline(text: string, context: Context): Validation<PhoneParts> {
  const plain = tidy(text)?.toUpperCase()
  if (plain === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const numbers = landlinesIn(plain, context.book)
  if (numbers.length > 1) return refused('several')
  const [number] = numbers
  if (number) return landlineValue(number, context)
  if (mobilesIn(plain).length > 0) return refused('landline.mobile')
  if (/^[2-8]\d{6,7}$/.test(longestRun(plain))) return refused('landline.no-area')
  if (/^0\d{9,11}$/.test(longestRun(plain))) return refused('landline.area')
  return refusedPhone(plain, 'landline')
}

/** Either of the two: the second contact of a leader may be a landline (fact person.phone2). */
export function phone(text: string, context: Context): Validation<PhoneParts> {
  const plain = tidy(text)?.toUpperCase()
  if (plain === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const mobiles = mobilesIn(plain).length
  const landlines = landlinesIn(plain, context.book).length
  if (mobiles + landlines > 1) return refused('several')
  return landlines === 1 || (mobiles === 0 && !/^1/.test(longestRun(plain))) ? landline(text, context) : mobile(text, context)
}

function mobilesIn(plain: string): readonly string[] {
  const hits = codesInText(plain.replace(FOREIGN, ' ; '), 15, readMobile)
  return [...new Set(hits.map((hit) => hit.read.number))]
}

function readMobile(joined: string): MobileRead | undefined {
  const number = /^(?:(?:00|0)?86|0)?(1[3-9]\d{9})$/.exec(joined)?.[1]
  return number === undefined ? undefined : { rank: 'sure', number }
}

function acceptedMobile(number: string, context: Context): Validation<PhoneParts> {
  if (context.differentFrom?.includes(number)) return refused('phone.same')
  const parsed = parsePhoneNumberFromString(number, 'CN')
  const virtual = context.book.phones.virtualOperators.find((range) => number.startsWith(range))
  const shown = `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`
  const notes = [
    virtual === undefined ? undefined : note('mobile.virtual-operator', { range: virtual }),
    // Metadata lags behind newly opened ranges, so an unknown one is no reason to refuse.
    virtual === undefined && !isMobile(parsed) ? note('mobile.range-unknown', { range: number.slice(0, 3) }) : undefined,
  ]
  return accepted(number, { kind: 'mobile', e164: `+86${number}` }, notes, shown)
}

function isMobile(parsed: PhoneNumber | undefined): boolean {
  return parsed?.isValid() === true && parsed.getType() === 'MOBILE'
}

/** What else the digits may be: a foreign number, a service number, or too many or too few digits. */
function refusedPhone(plain: string, wanted: PhoneParts['kind']): Invalid {
  const foreign = plain.match(FOREIGN)?.[0]
  const parsed = foreign === undefined ? undefined : parsePhoneNumberFromString(foreign)
  if (parsed && parsed.countryCallingCode !== '86')
    return refused('phone.foreign', { country: `+${parsed.countryCallingCode}` })
  const run = longestRun(plain).replace(/^(00)?86(?=\d{7})/, '')
  if (/^(?:[48]00\d{7}|95\d{3,6}|96\d{3,5}|1\d{2,4}|106\d{4,})$/.test(run)) return refused('phone.service', { number: run })
  if (!/^\d{5,20}$/.test(run)) return refused(`${wanted}.missing`)
  return refused(`${wanted}.length`, { count: String(run.length) })
}
