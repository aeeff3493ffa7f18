import type { Answers } from '../../rules/answers.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import { contains } from '../denials.ts'
import type { Lexicon } from '../lexicon.ts'
import { normalise } from '../normalise.ts'
import { placeFinder } from '../places.ts'
import type { AskVocabulary } from './vocabulary.ts'

/** What a question is about, as far as its words and the case say. */
export interface Subject {
  /** Regions named, in the order of the text. */
  readonly regions: readonly string[]
  /** The one region it is about: the one named, or the case's. */
  readonly region: string | undefined
  readonly group: 'individual' | 'organisation' | undefined
  readonly topics: readonly string[]
  readonly intent: 'list' | 'compare' | 'history' | 'overview' | 'plain'
}

export function subjectOf(
  book: RuleBook,
  lexicon: Lexicon,
  vocabulary: AskVocabulary,
  question: string,
  answers: Answers,
): Subject {
  const said = normalise(question)
  const regions = [
    ...new Set(placeFinder(book, lexicon)(said).flatMap(({ values }) => (values.length === 1 ? values : []))),
  ]
  const known = answers['entity.province']
  const fromCase = typeof known === 'string' && book.provinces.has(known) ? known : undefined
  const topics = Object.entries(vocabulary.topics)
    .filter(([, words]) =>
      contains(
        words.map((word) => normalise(word)),
        said,
      ),
    )
    .map(([topic]) => topic)
  const intent = intentOf(vocabulary, said, regions.length, topics.length)
  return {
    regions,
    region:
      regions.length === 1 ? regions[0] : regions.length === 0 && intent !== 'list' ? fromCase : undefined,
    group: groupOf(book, vocabulary, said, answers),
    topics,
    intent,
  }
}

function intentOf(
  { intents }: AskVocabulary,
  said: string,
  regions: number,
  topics: number,
): Subject['intent'] {
  if (contains(intents.list, said)) return 'list'
  if (regions > 1 && contains(intents.compare, said)) return 'compare'
  if (contains(intents.history, said)) return 'history'
  // "Anything special in Jiangsu?": of the region, and of nothing in particular.
  return regions === 1 && topics === 0 && contains(intents.overview, said) ? 'overview' : 'plain'
}

function groupOf(
  book: RuleBook,
  { groups }: AskVocabulary,
  said: string,
  answers: Answers,
): Subject['group'] {
  const person = contains(groups['individual'] ?? [], said)
  const organisation = contains(groups['company'] ?? [], said)
  if (person !== organisation) return person ? 'individual' : 'organisation'
  const kind = answers['entity.kind']
  if (typeof kind !== 'string' || (person && organisation)) return undefined
  const group = Object.entries(book.groups).find(([, kinds]) => kinds.includes(kind))?.[0]
  return group === 'individual' || group === 'organisation' ? group : undefined
}
