import { findRegion } from '../../../rules/report/find.ts'
import { nearest } from '../../../understanding/closeness.ts'
import { subjectOf } from '../../../understanding/ask/subject.ts'
import { findNamed } from '../../../understanding/named.ts'
import { namesOf } from '../../../understanding/names.ts'
import { bare, normalise } from '../../../understanding/normalise.ts'
import type { Asking } from './asking.ts'

/** What a command is about: regions, for whom, on which topics; and the first word that says none of these. */
export interface ReadScope {
  /** Codes, as often as they were named. */
  readonly regions: readonly string[]
  /** An entity kind or group. */
  readonly entity: string | undefined
  readonly topics: readonly string[]
  readonly stray: string | undefined
}

/** Longer is no command. */
const LONGEST = 200

export function readScope(asking: Asking, text = asking.rest): ReadScope {
  const words = text.slice(0, LONGEST).split(/[\s,，、;；/]+/u).filter((word) => word !== '')
  const parts = chunks(asking, words)
  const regions = parts.flatMap(({ found }) => found.regions)
  const topics = [...new Set([...parts.flatMap(({ found }) => found.topics), ...meant(asking, text).topics])]
  const entity = parts.map(({ found }) => found.entity).find((one) => one !== undefined)
  const { stop } = asking.brain.asks().vocabulary
  const stray = parts.find(({ word, found }) => isEmpty(found) && !stop.includes(bare(word)))?.word
  return { regions, topics, entity, stray }
}

interface Found {
  readonly regions: readonly string[]
  readonly entity: string | undefined
  readonly topics: readonly string[]
}

/** Words one by one, or two and three together where only that names something: "Inner Mongolia", "SMS verification". */
function chunks(asking: Asking, words: readonly string[]): readonly { word: string; found: Found }[] {
  const parts: { word: string; found: Found }[] = []
  for (let at = 0; at < words.length;) {
    const [size, found] = longest(asking, words.slice(at, at + 3))
    parts.push({ word: words.slice(at, at + size).join(' '), found })
    at += size
  }
  return parts
}

function longest(asking: Asking, words: readonly string[]): readonly [number, Found] {
  for (let size = words.length; size > 1; size -= 1) {
    const word = words.slice(0, size).join(' ')
    const region = findRegion(asking.brain.book, word)
    if (region !== undefined) return [size, { regions: [region], entity: undefined, topics: [] }]
    const topic = topicNamed(asking, word)
    if (topic !== undefined) return [size, { regions: [], entity: undefined, topics: [topic] }]
  }
  return [1, one(asking, words[0] ?? '')]
}

function one(asking: Asking, word: string): Found {
  const { book } = asking.brain
  const region = findRegion(book, word)
  if (region !== undefined) return { regions: [region], entity: undefined, topics: [] }
  const topic = topicNamed(asking, word)
  if (topic !== undefined) return { regions: [], entity: undefined, topics: [topic] }
  const found = meant(asking, word)
  return isEmpty(found) ? misspelt(asking, word) : found
}

/** What a text names by any of its words. */
function meant({ brain }: Asking, text: string): Found {
  const { book, lexicon, dialogs } = brain
  const { regions, group, topics } = subjectOf(book, lexicon, brain.asks().vocabulary, text, {})
  const asked = dialogs.questions.get('entity.kind')
  const kinds = asked ? findNamed(lexicon.words, namesOf(book, lexicon, asked), normalise(text)).values : []
  const named = Object.hasOwn(book.groups, normalise(text)) ? normalise(text) : undefined
  return { regions, topics, entity: named ?? (kinds.length === 1 ? kinds[0] : group) }
}

/** A region whose name holds a slip, where one alone is near. */
function misspelt({ brain }: Asking, word: string): Found {
  const { book } = brain
  const names = [...book.provinces.values()].flatMap(({ name, aliases }) =>
    [name['zh-CN'], name.en, ...aliases].map((one) => bare(one)),
  )
  const near = nearest(names, bare(word)).flatMap((name) => findRegion(book, name) ?? [])
  const [only, ...others] = new Set(near)
  return { regions: only !== undefined && others.length === 0 ? [only] : [], entity: undefined, topics: [] }
}

function topicNamed({ brain }: Asking, word: string): string | undefined {
  const wanted = bare(word)
  return [...brain.book.topics].find(([id, { title }]) =>
    [id, title['zh-CN'], title.en].some((name) => bare(name) === wanted),
  )?.[0]
}

function isEmpty({ regions, entity, topics }: Found): boolean {
  return regions.length === 0 && topics.length === 0 && entity === undefined
}
