import type { Fact } from '../schema.ts'
import { listed, meant, type Problem } from './problem.ts'
import type { Subject } from './subject.ts'

/** Every fact is on a known topic, for known entities and regions, held in a sensible time, and is as new as it says. */
export function factProblems({ book, fileOf }: Subject): readonly Problem[] {
  const scopes = [...(book.keys.get('entity.kind')?.values ?? []), ...Object.keys(book.groups)]
  const types = Object.keys(book.tables.get('filing-type')?.results ?? {})
  const regions = [...book.provinces.keys()]
  return [...book.facts.values()].flatMap((fact) => {
    const problems: Problem[] = []
    const say = (problem: string, remedy: string) => problems.push({ file: fileOf(fact.id), place: fact.id, problem, remedy })
    if (!book.topics.has(fact.topic))
      say(`the topic "${fact.topic}" is unknown`, `Use a topic of rules/topics.yaml, or add it there.${meant(fact.topic, book.topics.keys())}`)
    const strange = (what: string, used: readonly string[] | undefined, known: readonly string[]) =>
      used?.filter((value) => !known.includes(value)).forEach((value) =>
        say(`it applies to ${what} "${value}", which is unknown`, `Use one of ${listed(known, 6)}.${meant(value, known)}`),
      )
    strange('the entity', fact.appliesTo?.entities, scopes)
    strange('the filing type', fact.appliesTo?.filingTypes, types)
    strange('the region', fact.appliesTo?.provinces, regions)
    fact.members?.forEach((member) => strange('the region', member.provinces, regions))
    if (fact.from !== undefined && fact.until !== undefined && fact.until < fact.from)
      say(`it ends (${fact.until}) before it begins (${fact.from})`, 'Correct `from` or `until`.')
    problems.push(...ageProblems(fact, book.sources, fileOf(fact.id)))
    return problems
  })
}

/** `newest` dates a fact by its sources: a date that none of them bears would make it look newer than it is. */
function ageProblems(fact: Fact, sources: Subject['book']['sources'], file: string): readonly Problem[] {
  const dates = fact.sources.flatMap((id) => sources.get(id)?.date ?? [])
  const years = dates.flatMap((date) => date.match(/\d{4}/g) ?? [])
  const claimed = fact.newest.slice(0, 4)
  const newestYear = years.sort().at(-1)
  // A vague date ("2021 or later") may well reach the year claimed.
  const vague = dates.some((date) => /undated|later|mixed|old|c\./.test(date))
  if (fact.newest === 'undated' || vague || newestYear === undefined || claimed <= newestYear) return []
  return [
    {
      file,
      place: fact.id,
      problem: `"newest" says ${fact.newest}, but its newest source is of ${newestYear}`,
      remedy: 'Correct "newest", or cite the newer source.',
    },
  ]
}
