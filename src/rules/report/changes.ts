import type { RuleBook } from '../rulebook.ts'
import type { Fact } from '../schema.ts'
import { firstDay, lastDay } from './dates.ts'
import { factEntry, type Entry } from './entry.ts'
import { rowChanges } from './row-changes.ts'
import { factInScope } from './scope.ts'

/** Something that began, ended or was stated anew between two days. */
export interface Change {
  /** `begins` on the date; `ends`: the date is its last day; `stated`: its newest source bears the date. */
  readonly event: 'begins' | 'ends' | 'stated' | 'sms-begins'
  /** A day, or the year or month where the source names no day. */
  readonly date: string
  /** What changed: for `sms-begins` the fact of each region. */
  readonly entries: readonly Entry[]
  /** Regions concerned; empty for the whole country. */
  readonly regions: readonly string[]
  /** What held until then, where the rules know of it. */
  readonly before: readonly Entry[]
}

export interface ChangeScope {
  /** Last day of the former state (ISO date). */
  readonly since: string
  /** Day of the new state (ISO date). */
  readonly until: string
  /** Only what concerns these regions or the whole country; everything when empty. */
  readonly regions?: readonly string[]
  readonly entity?: string | undefined
}

/** All changes of a period, oldest first. Facts whose source names only a year count if any day of it falls within. */
export function changesBetween(book: RuleBook, scope: ChangeScope): readonly Change[] {
  const starts = smsStarts(book, scope)
  const told = new Set(starts.flatMap((change) => change.entries.map((entry) => entry.id)))
  const facts = [...book.facts.values()].filter((fact) => concerns(book, fact, scope) && !told.has(fact.id))
  const own = facts.flatMap((fact) => factChange(book, fact, scope))
  // An end that a beginning names as what was before is told there.
  const replaced = new Set(
    own.filter(({ event }) => event === 'begins').flatMap(({ before }) => before.map((entry) => entry.id)),
  )
  return [
    ...starts,
    ...rowChanges(book, scope),
    ...own.filter((change) => change.event !== 'ends' || !replaced.has(firstId(change))),
  ].sort(
    (a, b) => lastDay(a.date).localeCompare(lastDay(b.date)) || firstId(a).localeCompare(firstId(b), 'en'),
  )
}

/** What began or ended, without what was merely stated anew: the difference between two days. */
export function differencesBetween(book: RuleBook, scope: ChangeScope): readonly Change[] {
  return changesBetween(book, scope).filter((change) => change.event !== 'stated')
}

/** One change for each day on which regions began to ask for the text message. */
function smsStarts(book: RuleBook, { since, until, regions = [] }: ChangeScope): readonly Change[] {
  const provinces = [...book.provinces.values()].filter(
    (province) =>
      province.sms.since > since &&
      province.sms.since <= until &&
      (regions.length === 0 || regions.includes(province.province)),
  )
  return [...new Set(provinces.map((province) => province.sms.since))].map((date) => {
    const beginning = provinces.filter((province) => province.sms.since === date)
    return {
      event: 'sms-begins',
      date,
      entries: factsOf(book, beginning.flatMap((province) => province.sms.facts)).map((fact) => factEntry(book, fact, until)),
      regions: beginning.map((province) => province.province),
      before: [],
    }
  })
}

function factChange(book: RuleBook, fact: Fact, { since, until }: ChangeScope): readonly Change[] {
  const within = (date: string) => lastDay(date) > since && firstDay(date) <= until
  const entries = [factEntry(book, fact, until)]
  const regions = fact.appliesTo?.provinces ?? []
  const end = fact.until ?? (fact.superseded ? fact.newest : undefined)
  if (end !== undefined && lastDay(end) >= since && lastDay(end) < until)
    return [{ event: 'ends', date: end, entries, regions, before: [] }]
  const before = () => formerly(book, fact, since).map((former) => factEntry(book, former, until))
  if (fact.from !== undefined && within(fact.from))
    return [{ event: 'begins', date: fact.from, entries, regions, before: before() }]
  if (!fact.superseded && within(fact.newest))
    return [{ event: 'stated', date: fact.newest, entries, regions, before: before() }]
  return []
}

/** Facts on the same subject that held before and are no longer stated. */
function formerly(book: RuleBook, fact: Fact, since: string): readonly Fact[] {
  const place = fact.appliesTo?.provinces?.join()
  const people = fact.appliesTo?.entities
  return [...book.facts.values()].filter(
    (former) =>
      former !== fact &&
      former.topic === fact.topic &&
      former.appliesTo?.provinces?.join() === place &&
      (former.superseded === true || former.until !== undefined) &&
      lastDay(former.until ?? former.newest) < lastDay(fact.from ?? fact.newest) &&
      (place !== undefined || stem(former.id) === stem(fact.id)) &&
      overlap(people, former.appliesTo?.entities) &&
      lastDay(former.until ?? former.newest) >= since.slice(0, 4),
  )
}

/** National topics are wide: there only facts whose ids share all but the last part are about the same thing. */
function stem(id: string): string {
  return id.split('.').slice(0, -1).join('.')
}

function overlap(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a === undefined || b === undefined || a.some((value) => b.includes(value))
}

function concerns(book: RuleBook, fact: Fact, { regions = [], entity }: ChangeScope): boolean {
  const place = fact.appliesTo?.provinces
  if (regions.length > 0 && place && !place.some((region) => regions.includes(region))) return false
  return factInScope(book, fact, entity)
}

function factsOf(book: RuleBook, ids: readonly string[]): readonly Fact[] {
  return ids.flatMap((id) => book.facts.get(id) ?? [])
}

function firstId(change: Change): string {
  return change.entries[0]?.id ?? ''
}
