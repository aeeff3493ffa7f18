import { knowledgeFrom, type Answers } from '../../rules/answers.ts'
import { assess } from '../../rules/assess/assess.ts'
import { DERIVATIONS, withDerived } from '../../rules/assess/derived.ts'
import { decidePreApprovals, preApprovalKnown } from '../../rules/assess/pre-approvals.ts'
import { one, type Known, type Knowledge } from '../../rules/knowledge.ts'
import { withBehind } from '../../rules/proof/domain.ts'
import { tableOf, type RuleBook } from '../../rules/rulebook.ts'
import { evaluate, possibleResults } from '../../rules/table.ts'
import type { Question } from '../schema.ts'

/**
 * What answers say about a key, decisions included, worked out only when asked for. `category` stands for the
 * services of the site: a row about one category holds where the site offers it. A known filing type may be given.
 */
export function decidedKnowledge(book: RuleBook, answers: Answers, asOf: string, filing?: Known): Knowledge {
  const plain = knowledgeFrom(book, withDerived(answers, asOf))
  const cache = new Map<string, Known>()
  const derive = (key: string): Known => {
    if (book.keys.has(key) || key === 'entity.group') return plain(key)
    if (key === 'category') return plain('website.services')
    if (key === 'filing-type' && filing) return filing
    if (key === 'filing-type')
      return one(...possibleResults(tableOf(book, key), evaluate(tableOf(book, key), plain, asOf)))
    if (key === 'pre-approval') return preApprovalKnown(book, plain, decidePreApprovals(book, plain, asOf))
    return assess(book, answers, asOf).know(key)
  }
  return (key) => {
    const known = cache.get(key) ?? derive(key)
    cache.set(key, known)
    return known
  }
}

/** Keys that have to be known to know this one: what a decision asks about, what is typed, what makes it apply. */
export function basisOf(book: RuleBook, key: string): readonly string[] {
  const decision = !book.keys.has(key) && book.tables.get(key)
  return [
    ...(key === 'category' ? ['website.services'] : decision ? decision.inputs : []),
    ...DERIVATIONS.filter((derivation) => derivation.key === key).map(({ from }) => from),
    ...withBehind(book, [key]).filter((other) => other !== key),
  ]
}

/**
 * For each key, the place in the order of questions after which nothing new is learnt about it; -1 when it
 * rests on no question at all.
 */
export function settledAfter(book: RuleBook, questions: readonly Question[]): (key: string) => number {
  const order = new Map(questions.map((question, index) => [question.id, index]))
  const cache = new Map<string, number>()
  const find = (key: string, inside: ReadonlySet<string>): number => {
    const known = cache.get(key)
    if (known !== undefined) return known
    if (inside.has(key)) return -1
    const deeper = new Set(inside).add(key)
    const found = Math.max(order.get(key) ?? -1, ...basisOf(book, key).map((other) => find(other, deeper)))
    cache.set(key, found)
    return found
  }
  return (key) => find(key, new Set())
}
