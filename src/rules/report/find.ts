import type { RuleBook } from '../rulebook.ts'
import type { Fact } from '../schema.ts'
import { factEntry, rowEntry, type Entry } from './entry.ts'

/** The region somebody means by a code (`CN-ZJ`, `zj`), a name or an alias in either language, or its short sign (浙). */
export function findRegion(book: RuleBook, name: string): string | undefined {
  const wanted = plain(name)
  return [...book.provinces.values()].find((province) =>
    [
      province.province,
      province.province.slice(3),
      province.name['zh-CN'],
      province.name.en,
      province.icpPrefix,
      ...province.aliases,
    ].some((candidate) => plain(candidate) === wanted),
  )?.province
}

/** The entry with exactly this id: a fact or a row of a decision table. */
export function findEntry(book: RuleBook, id: string, asOf: string): Entry | undefined {
  const fact = book.facts.get(id)
  if (fact) return factEntry(book, fact, asOf)
  for (const table of book.tables.values()) {
    const row = table.rows.find((candidate) => candidate.id === id)
    if (row) return rowEntry(book, table, row, asOf)
  }
  return undefined
}

/** Entries that hold every word in their id, text, note, ways of asking, topic or region, in the order of the files. */
export function searchEntries(book: RuleBook, words: readonly string[], asOf: string): readonly Entry[] {
  const wanted = words.map((word) => word.normalize('NFKC').toLowerCase())
  const found = (texts: readonly (string | undefined)[]) => {
    const hay = texts.join('\n').normalize('NFKC').toLowerCase()
    return wanted.every((word) => hay.includes(word))
  }
  const facts = [...book.facts.values()]
    .filter((fact) =>
      found([...placeAndTopic(book, fact), fact.id, ...texts(fact.text), ...texts(fact.note), ...(fact.asks ?? []), ...(fact.words ?? [])]),
    )
    .map((fact) => factEntry(book, fact, asOf))
  const rows = [...book.tables.values()].flatMap((table) =>
    table.rows
      .filter((row) => found([row.id, ...texts(row.because), ...texts(table.results[row.result]?.label)]))
      .map((row) => rowEntry(book, table, row, asOf)),
  )
  return [...rows, ...facts]
}

/** Up to `limit` ids that resemble a mistyped one, nearest first. */
export function similarIds(book: RuleBook, id: string, limit = 5): readonly string[] {
  const ids = [...book.facts.keys(), ...[...book.tables.values()].flatMap((table) => table.rows.map((row) => row.id))]
  const wanted = plain(id)
  return ids
    .map((candidate) => ({ candidate, distance: distanceOf(wanted, plain(candidate)) }))
    .filter(({ distance, candidate }) => distance <= Math.max(3, candidate.length / 3))
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate, 'en'))
    .slice(0, limit)
    .map(({ candidate }) => candidate)
}

/** Facts of a region mostly do not name it, since their file does. */
function placeAndTopic(book: RuleBook, fact: Fact): readonly string[] {
  const provinces = (fact.appliesTo?.provinces ?? []).flatMap((code) => book.provinces.get(code) ?? [])
  const names = provinces.flatMap(({ name, aliases }) => [...texts(name), ...aliases])
  return [...names, ...texts(book.topics.get(fact.topic)?.title)]
}

function texts(text: Entry['note']): readonly string[] {
  return text ? Object.values(text) : []
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[\s'’._-]/gu, '')
}

/** Levenshtein distance. */
function distanceOf(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, left] of [...a].entries()) {
    const current = [i + 1]
    for (const [j, right] of [...b].entries())
      current.push(
        Math.min((previous[j + 1] ?? 0) + 1, (current[j] ?? 0) + 1, (previous[j] ?? 0) + (left === right ? 0 : 1)),
      )
    previous = current
  }
  return previous[b.length] ?? a.length
}
