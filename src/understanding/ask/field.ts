import type { Text } from '../../language.ts'
import { contains } from '../denials.ts'
import { normalise } from '../normalise.ts'
import type { Ranked } from './rank.ts'
import type { AskIndex } from './index.ts'

export interface Outside {
  readonly id: string
  readonly reply: Text
}

/** A question about something else, recognised by its words, unless it names a matter of filings too. */
export function outsideOf({ vocabulary }: AskIndex, question: string): Outside | undefined {
  const said = normalise(question)
  if (contains(vocabulary.inField, said)) return undefined
  return vocabulary.outside.find(({ words }) => contains(words, said))
}

/** How surely a fact answers: below `UNKNOWN` it does not, below `SURE` it is told as the nearest there is. */
export const UNKNOWN = 0.6
export const SURE = 0.85

/** A score of so much for each token of the question is as good as it gets. */
const FULL_SCORE = 60
/** A question names few meanings; so many shared are all one can expect. */
const FULL_MEANINGS = 4
/** A word no fact holds may be slang for nothing or the very thing asked about: it counts as a rare one. */
const RAREST = 5

/**
 * How well a fact fits a question, between 0 and 2: the share of its words (by themselves, by their meaning), the
 * strength of the match for its length, and the meanings they have in common. The weights were set on the tuning half.
 */
export function fit(index: AskIndex, question: string, { fact, score }: Ranked): number {
  const { words, pairs, groups } = index.tokenise(question)
  const all = new Set([...words, ...pairs])
  const meaningOf = (word: string) => index.tokenise(word).groups
  const byMeaning = share(
    new Set(words),
    (word) => [word, ...meaningOf(word)].some((token) => index.holds(fact.id, token)),
    index,
  )
  const literally = share(all, (token) => index.holds(fact.id, token), index)
  const strength = Math.min(1, score / Math.max(1, all.size + groups.length) / FULL_SCORE)
  const shared = groups.filter((group) => index.holds(fact.id, group)).length
  return (byMeaning + literally + strength + Math.min(1, shared / FULL_MEANINGS)) / 2
}

function share(tokens: ReadonlySet<string>, holds: (token: string) => boolean, { rarity }: AskIndex): number {
  let total = 0
  let held = 0
  for (const token of tokens) {
    const weight = Math.min(RAREST, rarity(token))
    total += weight
    if (holds(token)) held += weight
  }
  return total === 0 ? 0 : held / total
}
