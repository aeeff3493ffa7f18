import { markedNumbers } from './filing-marks.ts'
import { TEXT_LIMIT } from './tidy.ts'
import { accepted, note, refused, type Context, type Note, type Validation } from './validation.ts'

/** Public-security number: province, 公网安备, 14 digits (older ones 12), the first six of the district (fact number.psb). */
export function publicSecurityNumber(text: string, context: Context): Validation<{ province: string; digits: string }> {
  const numbers = markedNumbers(text, context.book)
  if (numbers === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const found = numbers.filter(({ family }) => family === 'public-security')
  if (found.length > 1) return refused('several')
  const [number] = found
  if (!number)
    return refused(numbers.length > 0 ? 'public-security.is-filing' : 'public-security.missing')
  const { digits, region, mark } = number
  if (digits.length !== 14 && digits.length !== 12)
    return refused('public-security.length', { count: String(digits.length) })
  const byDigits = context.book.regions.find(({ code }) => digits.startsWith(code))
  if (!region)
    return refused('public-security.no-province', { suggestion: `${byDigits?.otherMarks?.[0] ?? byDigits?.mark ?? '京'}公网安备${digits}号` })
  const notes: readonly (Note | undefined)[] = [
    digits.length === 12 ? note('public-security.old-length') : undefined,
    digits.startsWith(region.code) ? undefined : note('public-security.prefix', { digits: digits.slice(0, 6), province: region.name }),
  ]
  return accepted(`${mark}公网安备${digits}号`, { province: region.id, digits }, notes)
}
