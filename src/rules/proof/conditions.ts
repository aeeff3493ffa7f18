import type { RuleBook } from '../rulebook.ts'
import type { Condition } from '../schema.ts'
import { allKeys, domainOf, named, partsOf } from './domain.ts'
import { listed, meant, type Problem } from './problem.ts'
import type { Subject } from './subject.ts'

/** Conditions of rows and keys may name known keys and values only: a misspelt value would silently never hold. */
export function conditionProblems({ book }: Subject): readonly Problem[] {
  const problems: Problem[] = []
  for (const table of book.tables.values())
    for (const row of table.rows)
      problems.push(...conditionFaults(book, row.when, `rules/decisions/${table.id}.yaml`, row.id))
  for (const [key, { only }] of book.keys)
    if (only) problems.push(...conditionFaults(book, only, 'rules/keys.yaml', `${key} › only`))
  return problems
}

/** What is wrong with one condition, wherever it stands. */
export function conditionFaults(book: RuleBook, condition: Condition, file: string, place: string): readonly Problem[] {
  return partsOf(condition).flatMap(([key, wanted]): readonly Problem[] => {
    const domain = domainOf(book, key)
    if (!domain)
      return [
        {
          file,
          place,
          problem: `the condition asks about "${key}", which nothing declares`,
          remedy: `Correct the key, or declare it in rules/keys.yaml.${meant(key, allKeys(book))}`,
        },
      ]
    const unknown = named(wanted).filter((value) => !domain.includes(value))
    const problems = unknown.map((value) => ({
      file,
      place,
      problem: `the condition compares "${key}" with "${value}", a value it cannot have`,
      remedy: `Use one of ${listed(domain, 8)}.${meant(value, domain)}`,
    }))
    const twice = named(wanted).find((value, index, all) => all.indexOf(value) !== index)
    if (twice !== undefined)
      problems.push({ file, place, problem: `the condition names ${key} "${twice}" twice`, remedy: 'Leave it once.' })
    return problems
  })
}
