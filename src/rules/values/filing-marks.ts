import type { Region } from './schema.ts'
import { tidy } from './tidy.ts'
import type { ValueBook } from './value-book.ts'

/** A number of one of the four families found in a text. `region` is none where the province is left out. */
export interface MarkedNumber {
  readonly family: 'filing' | 'old-licence' | 'telecom-licence' | 'public-security'
  readonly region: Region | undefined
  /** The character typed for the province: Sichuan is 蜀 in filing numbers, 川 in others. */
  readonly mark: string
  readonly digits: string
  /** What follows the dash: `1`, `2A`. */
  readonly suffix: string
  /** Class of a telecommunications licence, such as B2. */
  readonly licenceClass: string
}

/**
 * Finds the numbers that begin with a province's short name, however they are spelt: traditional characters,
 * blanks, full width, the closing 号 left out. Undefined for a text beyond the limit.
 */
export function markedNumbers(text: string, book: ValueBook): readonly MarkedNumber[] | undefined {
  const plain = compact(text, book)
  if (plain === undefined) return undefined
  const marks = book.regions.flatMap((region) => [region.mark ?? '', ...(region.otherMarks ?? [])]).join('')
  const found = patterns(marks).flatMap(([family, pattern]) =>
    [...plain.matchAll(pattern)].map(({ groups = {} }) => ({
      family,
      region: regionOf(groups.mark ?? '', book),
      mark: groups.mark ?? '',
      digits: groups.digits ?? '',
      suffix: groups.suffix ?? '',
      licenceClass: groups.class ?? '',
    })),
  )
  return [...new Map(found.map((number) => [JSON.stringify(Object.values({ ...number, region: 0 })), number])).values()]
}

/** Tidied, upper case, without blanks, in the usual characters. */
function compact(text: string, book: ValueBook): string | undefined {
  const { variants } = book.icpNumbers
  return tidy(text)
    ?.toUpperCase()
    .replace(/[\s.,，:：()[\]（）]/gu, '')
    .replace(/./gu, (character) => (Object.hasOwn(variants, character) ? (variants[character] ?? '') : character))
}

function patterns(marks: string): readonly (readonly [MarkedNumber['family'], RegExp])[] {
  const mark = `(?<mark>[${marks}])?`
  const tail = '号?(?:-(?<suffix>\\d{1,6}[A-Z]?)(?![0-9A-Z]))?'
  return [
    ['filing', new RegExp(`${mark}ICP备案?号?(?<digits>\\d+)${tail}`, 'gu')],
    ['old-licence', new RegExp(`${mark}ICP证号?(?<digits>\\d+)${tail}`, 'gu')],
    ['telecom-licence', new RegExp(`${mark}(?<![0-9A-Z])(?<class>[AB][12])-?(?<digits>\\d{5,})${tail}`, 'gu')],
    ['public-security', new RegExp(`${mark}公网安备案?号?(?<digits>\\d+)${tail}`, 'gu')],
  ]
}

function regionOf(mark: string, book: ValueBook): Region | undefined {
  if (mark === '') return undefined
  return book.regions.find((region) => region.mark === mark || region.otherMarks?.includes(mark))
}
