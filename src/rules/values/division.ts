import { withoutWords } from './around.ts'
import type { Division } from './divisions.ts'
import { tidy, TEXT_LIMIT } from './tidy.ts'
import { accepted, refused, type Context, type Validation } from './validation.ts'

export interface DivisionParts {
  readonly code: string
  /** ISO code. */
  readonly province: string
}

/** A city by name or code, within `context.province` if that is known. The value is its GB/T 2260 code. */
export function city(text: string, context: Context): Validation<DivisionParts> {
  const region = context.book.regions.find((candidate) => candidate.id === context.province)
  return readDivision(text, 'city', region && `${region.code}0000`, context)
}

/** A district or county by name or code, within `context.city`, else within `context.province`. */
export function district(text: string, context: Context): Validation<DivisionParts> {
  const region = context.book.regions.find((candidate) => candidate.id === context.province)
  return readDivision(text, 'district', context.city ?? (region && `${region.code}0000`), context)
}

function readDivision(
  text: string,
  level: 'city' | 'district',
  within: string | undefined,
  context: Context,
): Validation<DivisionParts> {
  const tidied = tidy(text)
  if (tidied === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const typed = withoutWords(tidied, context.book.words.division, context.book.words.closing)
  if (!/[\p{Script=Han}\d]/u.test(typed)) return refused('division.missing')
  const divisions = context.book.divisions()
  const { name, outer: said } = nameIn(typed, level, context)
  const near = said !== undefined && (within === undefined || divisions.inside(said, within)) ? said : within
  const found = byCodeOrName(name, level, near, context)
  const [only, ...others] = found
  if (others.length > 0)
    return refused('division.ambiguous', { typed: cut(name), options: found.slice(0, 6).map((one) => full(one, context)).join('、') })
  if (only) return accepted(only.code, { code: only.code, province: divisions.provinceOf(only.code) ?? '' }, [], only.name)
  const [gone] = level === 'district' ? divisions.goneNamed(name, within) : []
  const now = gone && divisions.successor(gone.code)
  if (now) return refused('division.renamed', { typed: gone.name, suggestion: now.name })
  const [elsewhere] = within === undefined ? [] : byCodeOrName(name, level, undefined, context)
  const outer = within === undefined ? undefined : divisions.byCode(within)
  if (elsewhere && outer) return refused('division.elsewhere', { found: full(elsewhere, context), chosen: full(outer, context) })
  return refusedLevel(name, level, context)
}

/** A city where a district is asked for, or the other way round; or a name nobody knows. */
function refusedLevel(name: string, level: 'city' | 'district', { book }: Context): Validation<DivisionParts> {
  const divisions = book.divisions()
  const larger = level === 'city' ? (['province'] as const) : (['city', 'province'] as const)
  const outer = larger.flatMap((above) => divisions.named(name, above))[0]
  if (outer) return refused('division.is-larger', { typed: outer.name })
  const [inner] = level === 'city' ? divisions.named(name, 'district') : []
  return inner ? refused('division.is-smaller', { typed: inner.name }) : refused('division.unknown', { typed: cut(name) })
}

function byCodeOrName(name: string, level: 'city' | 'district', within: string | undefined, { book }: Context): readonly Division[] {
  const divisions = book.divisions()
  const coded = /^\d{6}$/.test(name) ? divisions.byCode(name) : undefined
  if (coded) return coded.level === level && (within === undefined || divisions.inside(coded.code, within)) ? [coded] : []
  return divisions.named(name, level, within)
}

interface NameWithin {
  readonly name: string
  /** Code of the smallest division written in front of the name that is one only. */
  readonly outer: string | undefined
}

/** The name without the larger divisions in front of it: the first reading that names something. */
function nameIn(typed: string, level: 'city' | 'district', { book }: Context): NameWithin {
  const divisions = book.divisions()
  let last: NameWithin = { name: typed.replace(/[\s\-/,，]+/gu, ''), outer: undefined }
  const readings = [last]
  for (const above of level === 'city' ? (['province'] as const) : (['province', 'city'] as const)) {
    const { divisions: front, length } = divisions.leading(last.name, above)
    const [only, ...others] = front
    last = { name: last.name.slice(length), outer: only && others.length === 0 ? only.code : last.outer }
    readings.push(last)
  }
  const first = readings.find(({ name }) => divisions.named(name, level).length > 0)
  return first ?? readings.findLast(({ name }) => name !== '') ?? last
}

/** With the divisions it lies in, so that equal names can be told apart. */
function full(division: Division, { book }: Context): string {
  const outer = division.parent === undefined ? undefined : book.divisions().byCode(division.parent)
  return outer && outer.name !== division.name ? `${outer.name}${division.name}` : division.name
}

function cut(typed: string): string {
  return typed.length > 40 ? `${typed.slice(0, 40)}…` : typed
}
