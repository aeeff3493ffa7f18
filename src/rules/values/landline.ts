import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { accepted, refused, type Context, type Validation } from './validation.ts'
import type { PhoneParts } from './phone.ts'
import type { ValueBook } from './value-book.ts'

export interface Landline {
  /** With the leading zero: 0571. */
  readonly area: string
  readonly local: string
  readonly extension: string | undefined
}

/** A number with a country code other than that of the mainland. */
export const FOREIGN = /\+(?!\s*86)[\d\s().-]{6,24}/g

/** Country code, area code with or without its zero, 7 or 8 digits; brackets, blanks and dashes between them. */
const SHAPE =
  /(?<![\d+])(?:(?:\+|00|0)?86[\s().-]{0,3})?\(?0?(10|2\d|[3-9]\d{2})[\s().-]{0,3}([2-8]\d{2,3}[\s.-]?\d{4})(?!\d)/g

/** All landlines in a tidied upper-case text that the numbering plan knows. */
export function landlinesIn(plain: string, book: ValueBook): readonly Landline[] {
  const mainland = plain.replace(FOREIGN, ' ; ')
  const found = new Map<string, Landline>()
  for (const match of mainland.matchAll(SHAPE)) {
    const [whole, area = '', digits = ''] = match
    const local = digits.replace(/\D/g, '')
    const parsed = parsePhoneNumberFromString(`+86${area}${local}`)
    if (parsed?.isValid() !== true || parsed.getType() !== 'FIXED_LINE') continue
    const extension = extensionAt(mainland.slice(match.index + whole.length), book)
    const key = `${area} ${local}`
    if (!found.has(key)) found.set(key, { area: `0${area}`, local, extension })
  }
  return [...found.values()]
}

/** An extension follows a dash or a word for it. */
function extensionAt(rest: string, book: ValueBook): string | undefined {
  const after = rest.trimStart()
  const words = ['-', ...book.phones.extensionWords.map((word) => word.toUpperCase())]
  const word = words.find((candidate) => after.startsWith(candidate))
  return word === undefined ? undefined : /^[\s.:]*(\d{1,6})(?!\d)/.exec(after.slice(word.length))?.[1]
}

export function landlineValue({ area, local, extension }: Landline, context: Context): Validation<PhoneParts> {
  const value = [area, local, ...(extension === undefined ? [] : [extension])].join('-')
  if (context.differentFrom?.includes(value)) return refused('phone.same')
  return accepted(value, { kind: 'landline', e164: `+86${area.slice(1)}${local}` })
}
