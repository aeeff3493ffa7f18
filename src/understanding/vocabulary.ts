import { z } from 'zod'
import { normalise } from './normalise.ts'

const list = z.array(z.string().min(1)).min(1)

/** `dialogs/understanding/words.yaml`: what surrounds an answer, and what is no answer. */
const wordsSchema = z.strictObject({
  before: list,
  after: list,
  unknown: list,
  hedges: list,
  now: list,
  past: list,
  today: list,
  denials: list,
  denialsAfter: list,
  resets: list,
  notDenials: list,
  last: list,
  numberBefore: list,
  numberAfter: list,
  numberCounters: list,
  sentences: z.strictObject({ positive: list, adverbs: list, asks: list }),
  fillers: list,
  corrections: list,
  correctionCues: list,
  questionWords: list,
  questionEnds: list,
  smallTalk: z.record(z.string(), list),
  insults: list,
  address: list,
  otherLanguages: list,
  instructions: list,
  others: list,
  weak: list,
})
export type Words = z.infer<typeof wordsSchema>

/** Normalised and longest first, so that a word never hides behind a shorter one. */
export const wordsFile = wordsSchema.transform((words): Words => ({
  ...words,
  ...evenedLists(words),
  sentences: {
    positive: evened(words.sentences.positive),
    adverbs: evened(words.sentences.adverbs),
    asks: evened(words.sentences.asks),
  },
  smallTalk: Object.fromEntries(Object.entries(words.smallTalk).map(([kind, said]) => [kind, evened(said)])),
}))

/** Question → option → further names, from `synonyms.yaml`. */
export const synonymsFile = z.record(z.string(), z.record(z.string(), list))
export type Synonyms = z.infer<typeof synonymsFile>

/** Region → letters, other names and cities, from `places.yaml`. */
export const placesFile = z.strictObject({
  regions: z.record(
    z.string(),
    z.strictObject({
      letters: list,
      names: list.optional(),
      cities: z.record(z.string(), z.array(z.string())),
    }),
  ),
})
export type Places = z.infer<typeof placesFile>['regions']

/** Phrases that answer a question wherever they stand, from `mentions.yaml`. */
export const mentionsFile = z.strictObject({
  classes: z.record(z.string(), list),
  mentions: z.array(
    z.strictObject({
      question: z.string(),
      /** An option, or `place` for the region named in the phrase. */
      value: z.string(),
      phrases: list,
    }),
  ),
})
export type Mentions = z.infer<typeof mentionsFile>

/** Question → option → phrases that say it where that question is open, from `signs.yaml`; gaps and classes as above. */
export const signsFile = z.strictObject({
  classes: z.record(z.string(), list),
  signs: z.record(z.string(), z.record(z.string(), list)),
  /** Question → option → phrases that take its signs back: "next month I turn 18" is no 18. */
  unless: z.record(z.string(), z.record(z.string(), list)),
  /** Question → option → from how many months on and up to how many; null for no end. */
  spans: z.record(z.string(), z.record(z.string(), z.tuple([z.number(), z.number().nullable()]))),
})
export type Signs = z.infer<typeof signsFile>

export function evened(words: readonly string[]): string[] {
  return [...new Set(words.map((word) => normalise(word) || word))].sort((a, b) => b.length - a.length)
}

const LISTS = [
  'before',
  'after',
  'unknown',
  'hedges',
  'now',
  'past',
  'today',
  'denials',
  'denialsAfter',
  'resets',
  'notDenials',
  'last',
  'numberBefore',
  'numberAfter',
  'numberCounters',
  'fillers',
  'corrections',
  'correctionCues',
  'questionWords',
  'questionEnds',
  'insults',
  'address',
  'otherLanguages',
  'instructions',
  'others',
  'weak',
] as const

function evenedLists(words: Words): Pick<Words, (typeof LISTS)[number]> {
  return Object.fromEntries(LISTS.map((name) => [name, evened(words[name])])) as Pick<
    Words,
    (typeof LISTS)[number]
  >
}
