import type { Text } from '../../language.ts'
import { entityInScope } from '../answers.ts'
import { settledValue, type Knowledge } from '../knowledge.ts'
import type { RuleBook } from '../rulebook.ts'
import type { Conflict, Confidence, Topic } from '../schema.ts'
import { heldOn, quote, type Quoted } from './statement.ts'

export interface Requirement {
  readonly id: string
  readonly topic: string
  readonly topicTitle: Text
  readonly text: Text
  readonly note: Text | undefined
  readonly sources: readonly Quoted[]
  readonly newest: string
  readonly confidence: Confidence
  /** Where sources differ: the cautious advice and every position with its date. */
  readonly conflicts: readonly Conflict[]
}

export interface ProvinceRequirements {
  readonly id: string
  readonly name: Text
  /** Whether an individual with an identity card of another province may file here. */
  readonly outOfProvinceIndividual: { readonly verdict: string; readonly text: Text } | undefined
  readonly requirements: readonly Requirement[]
}

const SHOWN_STAGES: readonly Topic['stage'][] = ['prepare', 'submit', 'after']

/** What the region asks for beyond the national rules, in the order of rules/topics.yaml; undefined while the region is open. */
export function provinceRequirements(
  book: RuleBook,
  know: Knowledge,
  filingTypes: readonly string[],
  asOf: string,
): ProvinceRequirements | undefined {
  const province = book.provinces.get(settledValue(know('entity.province')) ?? '')
  if (!province) return undefined
  const order = [...book.topics.keys()]
  const requirements = province.facts
    .filter((fact) => {
      const topic = book.topics.get(fact.topic)
      if (!topic || !SHOWN_STAGES.includes(topic.stage) || !heldOn(fact, asOf)) return false
      if (topic.filingTypes && !topic.filingTypes.some((type) => filingTypes.includes(type))) return false
      return entityInScope(book, fact.appliesTo?.entities, know)
    })
    .sort((a, b) => order.indexOf(a.topic) - order.indexOf(b.topic))
    .map((fact) => ({
      id: fact.id,
      topic: fact.topic,
      topicTitle: book.topics.get(fact.topic)?.title ?? { 'zh-CN': fact.topic, en: fact.topic },
      text: fact.text,
      note: fact.note,
      sources: quote(book, fact.sources),
      newest: fact.newest,
      confidence: fact.confidence,
      conflicts: (fact.conflictsWith ?? []).flatMap((id) => book.conflicts.get(id) ?? []),
    }))
  return {
    id: province.province,
    name: province.name,
    outOfProvinceIndividual: entityInScope(book, ['individual'], know) ? province.outOfProvinceIndividual : undefined,
    requirements,
  }
}
