import type { Knowledge } from '../knowledge.ts'
import type { RuleBook } from '../rulebook.ts'
import type { Row } from '../schema.ts'

const REGION_KEYS = ['entity.province', 'entity.residence.province'] as const

/**
 * A row may speak for several regions and rest on a fact of each. An applicant is shown only the facts of
 * regions that are still possible, and no source that stands behind the others alone.
 */
export function inRegion(book: RuleBook, row: Row, know: Knowledge): Row {
  const regions = REGION_KEYS.flatMap((key) => possible(know, key))
  const concerns = (id: string): boolean => {
    const provinces = book.facts.get(id)?.appliesTo?.provinces
    return !provinces || provinces.some((province) => regions.includes(province))
  }
  const facts = row.facts ?? []
  const kept = facts.filter(concerns)
  const others = facts.filter((id) => !concerns(id))
  if (others.length === 0) return row
  const sourcesOf = (ids: readonly string[]) => new Set(ids.flatMap((id) => book.facts.get(id)?.sources ?? []))
  const foreign = sourcesOf(others)
  const own = sourcesOf(kept)
  const sources = row.sources.filter((source) => !foreign.has(source) || own.has(source))
  return { ...row, facts: kept.length > 0 ? kept : undefined, sources: sources.length > 0 ? sources : row.sources }
}

function possible(know: Knowledge, key: string): readonly string[] {
  const known = know(key)
  return known.kind === 'one' ? known.possible : []
}
