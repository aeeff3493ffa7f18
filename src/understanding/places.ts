import type { RuleBook } from '../rules/rulebook.ts'
import type { Lexicon } from './lexicon.ts'
import { isLatin, normalise } from './normalise.ts'
import { isWhole } from './whole.ts'
import type { Places } from './vocabulary.ts'

/**
 * What a region goes by besides its own name: number-plate character, code, letters, spellings of other times and
 * its cities. A name that two regions share ("sx", "Suzhou") stands under both and is offered, not chosen.
 */
export function regionNames(book: RuleBook, places: Places, region: string): readonly string[] {
  const province = book.provinces.get(region)
  const place = places[region]
  if (!province || !place) return []
  const own = [province.name['zh-CN'], province.name.en, ...province.aliases, ...(place.names ?? [])]
  const names = [
    province.icpPrefix,
    region.slice(3),
    ...place.letters,
    ...own,
    ...own.filter(isLatinName).map((name) => `${name} province`),
  ]
  for (const [city, spellings] of Object.entries(place.cities)) {
    names.push(city, `${city}市`, ...spellings, ...spellings.map((spelling) => `${spelling} city`))
  }
  return [...new Set(names.map((name) => normalise(name)))].filter((name) => !INTERJECTIONS.has(name))
}

/** Full names of all regions and cities, without codes and letters. */
export function placeNames(book: RuleBook, places: Places): readonly string[] {
  return Object.keys(places).flatMap((region) =>
    regionNames(book, places, region).filter((name) =>
      isLatinName(name) ? name.length > 3 : name.length > 1,
    ),
  )
}

/** Codes that are words or sounds in English: only the full code (CN-HE) names these regions. */
const INTERJECTIONS: ReadonlySet<string> = new Set(['ah', 'ha', 'he', 'hi'])

function isLatinName(name: string): boolean {
  return /^[A-Za-z' ]+$/.test(name) && !/municipality|region|province/i.test(name)
}

export interface PlaceHit {
  readonly start: number
  readonly end: number
  readonly values: readonly string[]
}

const finders = new WeakMap<RuleBook, (said: string) => readonly PlaceHit[]>()

/** Finds regions and cities in a normalised text, longest name first. */
export function placeFinder(book: RuleBook, lexicon: Lexicon): (said: string) => readonly PlaceHit[] {
  const cached = finders.get(book)
  if (cached) return cached
  const values = new Map<string, string[]>()
  for (const region of book.provinces.keys())
    for (const name of regionNames(book, lexicon.places, region))
      if (isLatin(name) ? name.length > 3 : name.length > 1)
        values.set(name, [...(values.get(name) ?? []), region])
  const lengths = [...new Set([...values.keys()].map((name) => name.length))].sort((a, b) => b - a)
  const at = (said: string, start: number): PlaceHit | undefined => {
    for (const length of lengths) {
      const end = start + length
      const found = end <= said.length ? values.get(said.slice(start, end)) : undefined
      if (found && (!isLatin(said.slice(start, end)) || isWhole(said, start, end)))
        return { start, end, values: found }
    }
    return undefined
  }
  const find = (said: string): readonly PlaceHit[] => {
    const hits: PlaceHit[] = []
    for (let start = 0; start < said.length;) {
      const hit = at(said, start)
      if (hit) hits.push(hit)
      start = hit ? hit.end : start + 1
    }
    return hits
  }
  finders.set(book, find)
  return find
}
