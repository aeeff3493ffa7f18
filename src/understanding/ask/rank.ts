import { heldOn } from '../../rules/assess/statement.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Fact } from '../../rules/schema.ts'
import type { AskIndex } from './index.ts'
import type { Subject } from './subject.ts'

export interface Ranked {
  readonly fact: Fact
  readonly score: number
}

/** How much what a fact is about weighs against the words it shares with the question. */
const WEIGHT = {
  ownRegion: 2.2,
  regionWithoutTopic: 1.3,
  someRegion: 0.35,
  grouping: 0.55,
  groupingAsked: 3,
  otherGroup: 0.5,
  superseded: 0.4,
  supersededAsked: 0.8,
  low: 0.92,
}

/** The facts that may answer, best first: found by words, weighed by region, kind of entity and date. */
export function rank(
  book: RuleBook,
  index: AskIndex,
  question: string,
  subject: Subject,
  asOf: string,
): readonly Ranked[] {
  return index
    .find(question)
    .flatMap(({ id, score }) => {
      const fact = book.facts.get(id)
      const weight = fact ? weightOf(fact, subject, asOf) : 0
      return fact && weight > 0 ? [{ fact, score: score * weight }] : []
    })
    .sort((a, b) => b.score - a.score)
}

function weightOf(fact: Fact, subject: Subject, asOf: string): number {
  let weight = 1
  if (fact.members) weight *= subject.intent === 'list' ? WEIGHT.groupingAsked : WEIGHT.grouping
  else if (fact.id.startsWith('CN-')) weight *= regionWeight(fact, subject)
  if (!heldOn(fact, asOf)) {
    // What was replaced may be what is asked about; it is then told as past. What is yet to come is not told at all.
    if (!fact.superseded) return 0
    weight *= subject.intent === 'history' ? WEIGHT.supersededAsked : WEIGHT.superseded
  }
  const entities = fact.appliesTo?.entities
  if (subject.group && entities && !entities.includes(subject.group)) weight *= WEIGHT.otherGroup
  return fact.confidence === 'low' ? weight * WEIGHT.low : weight
}

function regionWeight(fact: Fact, { regions, region, topics }: Subject): number {
  const own = fact.appliesTo?.provinces ?? []
  const asked = regions.length > 0 ? regions : region ? [region] : []
  if (asked.length === 0) return WEIGHT.someRegion
  if (!own.some((code) => asked.includes(code))) return 0
  // A region the case knows is background; one the question names is what it is about.
  if (regions.length === 0) return 1
  return topics.includes(fact.topic) ? WEIGHT.ownRegion : WEIGHT.regionWithoutTopic
}
