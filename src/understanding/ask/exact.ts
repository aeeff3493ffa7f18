import { heldOn } from '../../rules/assess/statement.ts'
import { tableOf, type RuleBook } from '../../rules/rulebook.ts'
import type { Fact } from '../../rules/schema.ts'
import type { Dialogs } from '../../interview/dialogs.ts'
import { findNamed } from '../named.ts'
import type { Lexicon } from '../lexicon.ts'
import { namesOf } from '../names.ts'
import { normalise } from '../normalise.ts'
import type { Ranked } from './rank.ts'
import type { Subject } from './subject.ts'

export interface Knowing {
  readonly book: RuleBook
  readonly lexicon: Lexicon
  readonly dialogs: Dialogs
}

/** Facts looked up because the words allow it; they go before what the search found. */
export interface Exact {
  readonly facts: readonly Fact[]
  /** A comparison without a point to compare: it has to be asked. */
  readonly openTopic?: boolean
}

/**
 * Looks up what a question names outright: the same topic of two regions, a region's verdict on ID cards from
 * elsewhere, its day for text messages, the approval for a kind of service. Undefined where nothing is named.
 */
export function lookUp(
  knowing: Knowing,
  question: string,
  subject: Subject,
  ranked: readonly Ranked[],
  asOf: string,
): Exact | undefined {
  const { book } = knowing
  if (subject.intent === 'compare') return compared(book, subject, ranked, asOf)
  if (subject.intent === 'history') return changed(book, subject, ranked, asOf)
  const category = approvalAsked(knowing, question, subject)
  if (category) return category
  const { topics } = subject
  // "ID from Hubei, living in Shenzhen": where somebody lives is said last, and is where they want to file.
  const region = subject.regions.at(-1) ?? subject.region
  if (region === undefined) return undefined
  const local = (topic: string) =>
    [...book.facts.values()].filter((fact) => isOf(fact, region, topic) && heldOn(fact, asOf))
  if (subject.intent === 'overview') return { facts: overviewOf(book, region, subject, ranked, asOf) }
  if (topics.includes('filing_province') && subject.group !== 'organisation') {
    const facts = ordered(local('filing_province'), ranked)
    if (facts.length > 0) return { facts }
  }
  return topics.includes('sms_verification') ? { facts: local('sms_verification') } : undefined
}

/** What a region says on any point, for the kind of applicant asked about. */
function overviewOf(
  book: RuleBook,
  region: string,
  { group }: Subject,
  ranked: readonly Ranked[],
  asOf: string,
): readonly Fact[] {
  const own = [...book.facts.values()].filter(
    (fact) => fact.id.startsWith(`${region}.`) && heldOn(fact, asOf) && fits(fact, group),
  )
  return ordered(own, ranked).slice(0, 3)
}

/** One fact of each region on the point asked about, or where the regions fall into different groups. */
function compared(
  book: RuleBook,
  { regions, topics, group }: Subject,
  ranked: readonly Ranked[],
  asOf: string,
): Exact {
  const ofRegion = (region: string) =>
    ordered(
      topics.flatMap((topic) =>
        [...book.facts.values()].filter(
          (fact) => isOf(fact, region, topic) && heldOn(fact, asOf) && fits(fact, group),
        ),
      ),
      ranked,
    )
  const facts = regions.slice(0, 3).flatMap((region) => ofRegion(region).slice(0, 1))
  if (facts.length > 1) return { facts }
  const grouping = [...book.facts.values()].filter((fact) => differs(fact, regions) && heldOn(fact, asOf))
  return { facts: ordered(grouping, ranked).slice(0, 3), openTopic: true }
}

/** A grouping that puts the regions into different groups. */
function differs(fact: Fact, regions: readonly string[]): boolean {
  const places = regions.map((region) =>
    (fact.members ?? []).findIndex((member) => member.provinces?.includes(region)),
  )
  return fact.members !== undefined && new Set(places).size > 1
}

/** What holds, and what held before it on the same topic. */
function changed(
  book: RuleBook,
  { topics }: Subject,
  ranked: readonly Ranked[],
  asOf: string,
): Exact | undefined {
  const past = ranked.find(({ fact }) => !heldOn(fact, asOf))?.fact
  if (!past) return undefined
  const related = new Set([past.topic, ...topics])
  const now = ranked.find(({ fact }) => heldOn(fact, asOf) && related.has(fact.topic) && !fact.members)?.fact
  return now ? { facts: [now, past] } : undefined
}

/** "Which approval does an online game need?": the row of the pre-approval table names the facts. */
function approvalAsked(
  { book, lexicon, dialogs }: Knowing,
  question: string,
  { topics, region }: Subject,
): Exact | undefined {
  const asked = dialogs.questions.get('website.services')
  if (!asked || !topics.includes('preapproval')) return undefined
  const { values } = findNamed(lexicon.words, namesOf(book, lexicon, asked), normalise(question))
  const [category, ...others] = values
  if (category === undefined || others.length > 0) return undefined
  const row = tableOf(book, 'pre-approval').rows.find(
    ({ when }) =>
      when['category'] === category && (region === undefined || fitsRegion(when['entity.province'], region)),
  )
  const facts = (row?.facts ?? []).flatMap((id) => book.facts.get(id) ?? [])
  return facts.length > 0 ? { facts: facts.slice(0, 2) } : undefined
}

function fitsRegion(wanted: unknown, region: string): boolean {
  if (wanted === undefined) return true
  if (Array.isArray(wanted)) return wanted.includes(region)
  if (typeof wanted === 'object' && wanted !== null && 'not' in wanted) return !fitsRegion(wanted.not, region)
  return wanted === region
}

function fits(fact: Fact, group: Subject['group']): boolean {
  return !group || !fact.appliesTo?.entities || fact.appliesTo.entities.includes(group)
}

function isOf(fact: Fact, region: string, topic: string): boolean {
  return fact.topic === topic && fact.id.startsWith(`${region}.`)
}

/** In the order in which the search found them; what it did not find comes last. */
function ordered(facts: readonly Fact[], ranked: readonly Ranked[]): readonly Fact[] {
  const place = new Map(ranked.map(({ fact }, index) => [fact.id, index]))
  const placeOf = (fact: Fact) => place.get(fact.id) ?? ranked.length
  return [...facts].sort((a, b) => placeOf(a) - placeOf(b))
}
