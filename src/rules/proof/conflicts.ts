import type { RuleBook } from '../rulebook.ts'
import type { Conflict, Fact } from '../schema.ts'
import { meant, type Problem } from './problem.ts'
import type { Subject } from './subject.ts'

/** Sources that differ say so: links between facts and conflicts lead somewhere, and nobody hides a dispute. */
export function conflictProblems({ book, fileOf }: Subject): readonly Problem[] {
  const cited = new Set([...book.facts.values()].flatMap((fact) => fact.conflictsWith ?? []))
  return [
    ...[...book.facts.values()].flatMap((fact) => linkProblems(book, fact, fileOf(fact.id))),
    ...[...book.conflicts.values()].flatMap((conflict) => oneConflict(book, conflict, cited, fileOf(conflict.id))),
    ...[...book.provinces.values()].flatMap((province) =>
      province.outOfProvinceIndividual.verdict === 'disputed' &&
      !province.conflicts?.some((conflict) => conflict.topic === 'filing_province')
        ? [
            {
              file: fileOf(province.province),
              place: 'outOfProvinceIndividual',
              problem: 'the verdict is "disputed", but no conflict on the topic filing_province says who says what',
              remedy: 'Add the conflict with its positions, sources and dates, or change the verdict.',
            },
          ]
        : [],
    ),
  ]
}

function linkProblems(book: RuleBook, fact: Fact, file: string): readonly Problem[] {
  const problems: Problem[] = []
  const say = (problem: string, remedy: string) => problems.push({ file, place: fact.id, problem, remedy })
  for (const id of fact.conflictsWith ?? []) {
    const other = book.facts.get(id)
    const conflict = book.conflicts.get(id)
    if (!other && !conflict)
      say(`conflictsWith names "${id}", which is neither a conflict nor a fact`, `Correct the id, or add the conflict.${meant(id, [...book.conflicts.keys(), ...book.facts.keys()])}`)
    if (id === fact.id) say('conflictsWith names the fact itself', 'Name the other side.')
    if (other && id !== fact.id && !other.conflictsWith?.includes(fact.id))
      say(`it conflicts with "${id}", but that fact does not say so`, `Add "${fact.id}" to the conflictsWith of "${id}".`)
    const region = fact.appliesTo?.provinces?.[0]
    if (conflict && region !== undefined && !book.provinces.get(region)?.conflicts?.includes(conflict))
      say(`conflictsWith names "${id}", a conflict of another region`, 'Name a conflict of the same file.')
  }
  if (fact.standing === 'conflict' && !fact.conflictsWith && fact.sources.length < 2)
    say('it stands as a conflict, but names one source only and no conflictsWith', 'Name the sources of both sides, or link the conflict.')
  return problems
}

function oneConflict(book: RuleBook, conflict: Conflict, cited: ReadonlySet<string>, file: string): readonly Problem[] {
  const problems: Problem[] = []
  if (!cited.has(conflict.id))
    problems.push({
      file,
      place: conflict.id,
      problem: 'no fact points at this conflict, so nobody will see it',
      remedy: `Add "conflictsWith: [${conflict.id}]" to the facts it is about.`,
    })
  if (!book.topics.has(conflict.topic))
    problems.push({
      file,
      place: conflict.id,
      problem: `the topic "${conflict.topic}" is unknown`,
      remedy: `Use a topic of rules/topics.yaml.${meant(conflict.topic, book.topics.keys())}`,
    })
  return problems
}
