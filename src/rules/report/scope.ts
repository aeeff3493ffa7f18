import { accepts, holds } from '../condition.ts'
import { entityInScope } from '../answers.ts'
import { heldOn } from '../assess/statement.ts'
import { INAPPLICABLE, one, type Knowledge } from '../knowledge.ts'
import { valuesOf, type RuleBook } from '../rulebook.ts'
import type { Condition, ConditionValue, Fact, Row, Table } from '../schema.ts'
import { inForce } from '../table.ts'

/** What a report is about: a day, and for whom. */
export interface Scope {
  /** ISO date, Asia/Shanghai. */
  readonly asOf: string
  /** An entity kind or group (`individual`, `organisation`); everybody when absent. */
  readonly entity?: string | undefined
}

export interface TableRow {
  readonly table: Table
  readonly row: Row
}

/** Facts of a region's own file that held on the day, for the entity asked about. */
export function localFacts(book: RuleBook, region: string, scope: Scope): readonly Fact[] {
  return inScope(book, book.provinces.get(region)?.facts ?? [], scope)
}

/** Facts that hold in the whole country. */
export function nationalFacts(book: RuleBook, scope: Scope): readonly Fact[] {
  return inScope(
    book,
    [...book.facts.values()].filter((fact) => !fact.appliesTo?.provinces),
    scope,
  )
}

/** Rows in force whose condition speaks of regions at all. */
export function regionalRows(book: RuleBook, scope: Scope): readonly TableRow[] {
  return [...book.tables.values()].flatMap((table) =>
    table.rows
      .filter((row) => aboutRegions(book, row).length > 0)
      .filter((row) => inForce(row, scope.asOf) && rowInScope(book, row, scope.entity))
      .map((row) => ({ table, row })),
  )
}

/** Whether a row may hold where every region the case names (of the certificate, of residence) is this one. */
export function acceptsRegion(book: RuleBook, row: Row, region: string): boolean {
  return aboutRegions(book, row).every((wanted) => accepts(wanted, region))
}

/** Whether a row's condition names the region, be it to take it in or to leave it out. */
export function namesRegion(book: RuleBook, row: Row, region: string): boolean {
  return aboutRegions(book, row).some((wanted) => valuesNamed(wanted).includes(region))
}

/** The values a part of a condition names, wanted or excluded. */
export function valuesNamed(wanted: ConditionValue): readonly string[] {
  if (typeof wanted === 'string') return [wanted]
  return Array.isArray(wanted) ? wanted : valuesNamed(wanted.not)
}

/** The parts of a row's condition that speak of regions. */
export function aboutRegions(book: RuleBook, row: Row): readonly ConditionValue[] {
  return Object.entries(row.when)
    .filter(([key]) => book.keys.get(key)?.type === 'region')
    .map(([, wanted]) => wanted)
}

export function rowInScope(book: RuleBook, row: Row, entity: string | undefined): boolean {
  const about: Condition = Object.fromEntries(
    Object.entries(row.when).filter(([key]) => key === 'entity.kind' || key === 'entity.group'),
  )
  return holds(about, entityKnowledge(book, entity)) !== 'false'
}

export function factInScope(book: RuleBook, fact: Fact, entity: string | undefined): boolean {
  return entityInScope(book, fact.appliesTo?.entities, entityKnowledge(book, entity))
}

function inScope(book: RuleBook, facts: readonly Fact[], scope: Scope): readonly Fact[] {
  return facts.filter((fact) => heldOn(fact, scope.asOf) && factInScope(book, fact, scope.entity))
}

/** What is known when only the entity is: its kind, or the kinds of a group. */
function entityKnowledge(book: RuleBook, entity: string | undefined): Knowledge {
  const kinds = entity === undefined ? valuesOf(book, 'entity.kind') : (book.groups[entity] ?? [entity])
  const groups = Object.entries(book.groups).filter(([, members]) => kinds.some((kind) => members.includes(kind)))
  return (key) => {
    if (key === 'entity.kind') return one(...kinds)
    if (key === 'entity.group') return one(...groups.map(([group]) => group))
    return INAPPLICABLE
  }
}
