import { markedNumbers, type MarkedNumber } from './filing-marks.ts'
import { tidy, TEXT_LIMIT } from './tidy.ts'
import { accepted, note, refused, type Context, type Invalid, type Note, type Validation } from './validation.ts'
import { regionName } from './value-book.ts'

export interface IcpNumberParts {
  /** ISO code of the province that issued it. */
  readonly province: string
  /** The number of the entity, without the suffix of a service. */
  readonly entityNumber: string
  /** `website`, `app` … by the letter of the suffix; none for an entity. */
  readonly kind: string | undefined
}

/** The number of an entity, such as 京ICP备12345678号: facts number.entity_site and number.digits. */
export function icpEntityNumber(text: string, context: Context): Validation<IcpNumberParts> {
  const number = oneFiling(text, context, entityForm)
  if ('ok' in number) return number
  const cut = number.suffix === '' ? undefined : note('icp.suffix-cut', { number: entityForm(number) })
  return accepted(entityForm(number), partsOf({ ...number, suffix: '' }, context), [cut, ...notesOn(number, context)])
}

/** The number of a website or app: the entity's with a suffix, such as 京ICP备12345678号-1 (fact number.suffix). */
export function icpServiceNumber(text: string, context: Context): Validation<IcpNumberParts> {
  const number = oneFiling(text, context, (one) => `${entityForm(one)}-${one.suffix}`)
  if ('ok' in number) return number
  const value = `${entityForm(number)}-${number.suffix}`
  if (number.suffix === '') return refused('icp.suffix-missing', { number: entityForm(number) })
  const parts = partsOf(number, context)
  const wanted = context.serviceKind
  if (wanted !== undefined && parts.kind !== wanted) return refusedSuffix(number.suffix, wanted, context)
  return accepted(value, parts, notesOn(number, context))
}

function refusedSuffix(suffix: string, wanted: string, { book }: Context): Invalid {
  const wantedLabel = book.icpNumbers.suffixes.find(({ kind }) => kind === wanted)?.label ?? wanted
  const letter = suffix.replace(/\d/g, '')
  const found = book.icpNumbers.suffixes.find((known) => known.letter === letter)?.label ?? letter
  return refused('icp.other-suffix', { suffix: `-${suffix}`, found, wanted: wantedLabel })
}

/** The one filing number in the text. A licence number with a suffix counts: old sites of licensees carry it. */
function oneFiling(
  text: string,
  context: Context,
  formOf: (number: MarkedNumber) => string,
): MarkedNumber | Invalid {
  const numbers = markedNumbers(text, context.book)
  if (numbers === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const filings = numbers.filter(({ family, suffix }) => family === 'filing' || (isLicence(family) && suffix !== ''))
  if (new Set(filings.map(formOf)).size > 1) return refused('several')
  const [number] = filings
  if (!number) return refusedOther(numbers, text)
  if (!number.region && number.family !== 'telecom-licence') return refused('icp.no-province', suggestionFor(number, context))
  if (number.family === 'filing' && number.digits.length !== 8 && number.digits.length !== 10)
    return refused('icp.length', { count: String(number.digits.length) })
  return number
}

function refusedOther(numbers: readonly MarkedNumber[], text: string): Invalid {
  if (numbers.some(({ family }) => isLicence(family))) return refused('icp.is-licence')
  if (numbers.some(({ family }) => family === 'public-security')) return refused('icp.is-public-security')
  if (/(?<!\d)(\d{8}|\d{10})(?!\d)/.test(tidy(text) ?? '')) return refused('icp.only-digits')
  return refused('icp.missing')
}

function isLicence(family: MarkedNumber['family']): boolean {
  return family === 'old-licence' || family === 'telecom-licence'
}

function suggestionFor(number: MarkedNumber, { book, province }: Context): { suggestion: string } {
  const mark = book.regions.find((region) => region.id === province)?.mark ?? '京'
  return { suggestion: `${mark}ICP备${number.digits}号${number.suffix && `-${number.suffix}`}` }
}

function entityForm({ family, region, mark, digits, licenceClass }: MarkedNumber): string {
  if (family === 'telecom-licence') return `${mark}${licenceClass}-${digits}`
  return `${region?.mark ?? mark}ICP${family === 'filing' ? '备' : '证'}${digits}号`
}

function partsOf(number: MarkedNumber, { book }: Context): IcpNumberParts {
  const letter = number.suffix.replace(/\d/g, '')
  const kind = book.icpNumbers.suffixes.find((known) => known.letter === letter)?.kind ?? 'other'
  return {
    province: number.region?.id ?? '',
    entityNumber: entityForm(number),
    kind: number.suffix === '' ? undefined : kind,
  }
}

function notesOn(number: MarkedNumber, context: Context): readonly (Note | undefined)[] {
  const { region, digits, family } = number
  const year = digits.length === 10 ? digits.slice(0, 4) : `20${digits.slice(0, 2)}`
  const odd = family === 'filing' && (year < '2000' || year > context.asOf.slice(0, 4))
  return [
    family === 'filing' ? undefined : note('icp.licence-style'),
    odd ? note('icp.year', { year: digits.slice(0, digits.length === 10 ? 4 : 2) }) : undefined,
    region && context.province !== undefined && region.id !== context.province
      ? note('icp.other-province', { found: region.name, filing: regionName(context.book, context.province) })
      : undefined,
  ]
}
