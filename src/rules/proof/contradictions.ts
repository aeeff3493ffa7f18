import { heldOn } from '../assess/statement.ts'
import type { Fact } from '../schema.ts'
import type { Problem } from './problem.ts'
import type { Subject } from './subject.ts'

/**
 * Provincial facts that contradict a national one without saying so, as far as a machine can tell: same
 * topic, a scope in common, both in force, and the same kind of quantity (days, hours, years of age …) bounded
 * the same way by another number. What differs in words alone needs a reader.
 */
export function contradictionProblems({ book, fileOf }: Subject, asOf: string): readonly Problem[] {
  const current = [...book.facts.values()].filter((fact) => heldOn(fact, asOf))
  const national = current.filter((fact) => !fact.appliesTo?.provinces)
  return current
    .filter((fact) => fact.appliesTo?.provinces && !saysSo(fact))
    .flatMap((local) =>
      national
        .filter((fact) => fact.topic === local.topic && !saysSo(fact) && shareScope(fact, local, book.groups))
        .flatMap((general) => {
          const differing = difference(local, general)
          if (!differing) return []
          return [
            {
              file: fileOf(local.id),
              place: local.id,
              problem: `it says ${differing.local}, while the national fact "${general.id}" says ${differing.general}`,
              remedy:
                'If the sources differ, add a conflict and name it in "conflictsWith". If the region may differ, mark the national fact "standing: varies". Otherwise correct the number.',
              example: `${local.text.en} (national: ${general.text.en})`.slice(0, 300),
            },
          ]
        })
        .slice(0, 1),
    )
}

/** A fact that is marked as disputed or as varying by region has said it. */
function saysSo(fact: Fact): boolean {
  return fact.conflictsWith !== undefined || fact.standing === 'varies' || fact.standing === 'conflict'
}

function shareScope(a: Fact, b: Fact, groups: Readonly<Record<string, readonly string[]>>): boolean {
  const kinds = (fact: Fact) => fact.appliesTo?.entities?.flatMap((scope) => groups[scope] ?? [scope])
  const [one, other] = [kinds(a), kinds(b)]
  return !one || !other || one.some((kind) => other.includes(kind))
}

interface Quantity {
  /** What makes two numbers comparable: the bound and the unit, such as "within day". */
  readonly kind: string
  readonly number: string
  readonly words: string
}

function difference(local: Fact, general: Fact): { local: string; general: string } | undefined {
  const there = quantities(general)
  for (const { kind, words } of quantities(local)) {
    const others = there.filter((quantity) => quantity.kind === kind)
    // A text that names the national number as well compares the two itself.
    const told = others.some(({ number }) => new RegExp(`\\b${number}\\b`).test(local.text.en))
    if (others.length > 0 && !told) return { local: `"${words}"`, general: others.map((other) => `"${other.words}"`).join(' and ') }
  }
  return undefined
}

const BOUNDS = 'within|at most|no more than|up to|at least|more than|over|under|less than|after|for'
const QUANTITY = new RegExp(
  `\\b(${BOUNDS}) (?:the |about )?(\\d+)[ -]((?:working |business |calendar )?days?|hours?|months?|years?)\\b`,
  'gi',
)

/** Bounds with a number and a unit, from the English text: "within 30 days", "more than 90 days". */
function quantities(fact: Fact): readonly Quantity[] {
  return [...fact.text.en.matchAll(QUANTITY)].map(([words, bound = '', number = '', unit = '']) => ({
    kind: `${bound} ${unit.replace('business', 'working').replace('calendar ', '').replace(/s$/, '')}`.toLowerCase(),
    number,
    words,
  }))
}
