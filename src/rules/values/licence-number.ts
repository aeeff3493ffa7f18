import { markedNumbers, type MarkedNumber } from './filing-marks.ts'
import { TEXT_LIMIT } from './tidy.ts'
import { accepted, refused, type Context, type Validation } from './validation.ts'

/** Licence for commercial internet services: 京ICP证 and 6 digits, or 京B2- and 8 (fact number.licence). */
export function licenceNumber(text: string, context: Context): Validation<{ province: string | undefined }> {
  const numbers = markedNumbers(text, context.book)
  if (numbers === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const licences = numbers.filter(({ family }) => family === 'old-licence' || family === 'telecom-licence')
  if (licences.length > 1) return refused('several')
  const [number] = licences
  if (!number) return refused(numbers.some(({ family }) => family === 'filing') ? 'licence.is-filing' : 'licence.missing')
  const old = number.family === 'old-licence'
  const wanted = old ? 6 : 8
  if (number.digits.length !== wanted)
    return refused('licence.length', { count: String(number.digits.length), wanted: String(wanted) })
  // A cross-province telecommunications licence has no province.
  if (!number.region && old) return refused('licence.no-province')
  return accepted(licenceForm(number), { province: number.region?.id })
}

function licenceForm({ family, region, mark, licenceClass, digits }: MarkedNumber): string {
  return family === 'old-licence' ? `${region?.mark ?? mark}ICP证${digits}号` : `${mark}${licenceClass}-${digits}`
}
