import { withoutWords } from './around.ts'
import type { Division } from './divisions.ts'
import { tidy, TEXT_LIMIT, withFullBrackets } from './tidy.ts'
import { accepted, note, refused, type Context, type Validation } from './validation.ts'

export interface AddressParts {
  /** The address without province, city and district in front: the official form has fields of their own for these. */
  readonly detail: string
}

const SHORTEST = 4
const LONGEST = 200
/** Digits, or a Chinese numeral before a word for house, building, floor or room; 文三路 is only a street. */
const HOUSE_NUMBER = /\p{Nd}|[零〇一二三四五六七八九十百]+[号栋幢楼层室座弄巷组]/u

/**
 * A Chinese address down to the house number (fact person.address). Province, city and district it begins with have
 * to be those chosen.
 */
export function address(text: string, context: Context): Validation<AddressParts> {
  const tidied = tidy(text)
  if (tidied === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const { words } = context.book
  const typed = withoutWords(tidied, words.address, words.closing)
  if (!/\p{L}/u.test(typed)) return refused('address.missing')
  const strange = [...new Set(typed.match(/[^\p{L}\p{M}\p{N}\s()·.,、，;；:：#&+/'’"“”《》-]/gu) ?? [])]
  if (strange.length > 0) return refused('address.characters', { characters: strange.slice(0, 8).join(' ') })
  const value = /\p{Script=Han}/u.test(typed)
    ? withFullBrackets(typed.replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, ''))
    : typed
  if ([...value].length > LONGEST) return refused('address.too-long', { limit: String(LONGEST) })
  const front = readFront(value, context)
  if ('found' in front)
    return refused('address.other-place', { found: front.found.name, chosen: front.chosen.name })
  const detail = value.slice(front.length)
  if ([...detail].length < SHORTEST) return refused('address.too-short')
  return accepted(value, { detail }, [HOUSE_NUMBER.test(detail) ? undefined : note('address.no-number')])
}

/** How much of the address the divisions in front take, or the first that is not the one chosen. */
function readFront(value: string, context: Context): { length: number } | { found: Division; chosen: Division } {
  const divisions = context.book.divisions()
  const region = context.book.regions.find((candidate) => candidate.id === context.province)
  const chosen = {
    province: region && divisions.byCode(`${region.code}0000`),
    city: divisions.byCode(context.city ?? ''),
    district: divisions.byCode(context.district ?? ''),
  }
  let length = 0
  for (const level of ['province', 'city', 'district'] as const) {
    const lead = divisions.leading(value.slice(length), level)
    const [found] = lead.divisions
    if (!found) continue
    const wanted = chosen[level] ?? chosen.city ?? chosen.province
    const fits = !wanted || lead.divisions.some((one) => divisions.inside(one.code, wanted.code))
    // A street may be called after another city; only a name with its ending is meant as one.
    if (!fits && lead.full) return { found, chosen: wanted }
    if (fits && (lead.full || level !== 'district')) length += lead.length
  }
  return { length }
}
