import { conditionProblems } from '../conditions.ts'
import type { Problem } from '../problem.ts'
import type { Subject } from '../subject.ts'
import { coverCollect } from './collect.ts'
import { coverUnique, type Coverage } from './cover.ts'
import { declarationProblems } from './declared.ts'

/** Tables that the product's code asks by name. */
export const NEEDED = ['filing-type', 'pre-approval', 'commercial-licence', 'documents', 'sms-recipient', 'obligations', 'notices']

/** Proves every decision table over all its cases and days. A table with faulty conditions is not enumerated. */
export function proveTables(subject: Subject): Coverage & { readonly sound: boolean } {
  const { book } = subject
  const missing = NEEDED.filter((id) => !book.tables.has(id)).map((id) => ({
    file: `rules/decisions/${id}.yaml`,
    place: 'whole file',
    problem: `the table "${id}" is missing`,
    remedy: 'Restore the file; the assistant cannot work without it.',
  }))
  if (missing.length > 0) return { problems: missing, cases: 0, sound: false }
  const conditions = conditionProblems(subject)
  const faulty = new Set(conditions.map(({ file }) => file))
  const problems: Problem[] = [...conditions]
  let cases = 0
  for (const table of book.tables.values()) {
    const declared = declarationProblems(book, table)
    problems.push(...declared)
    if (faulty.has(`rules/decisions/${table.id}.yaml`) || faulty.has('rules/keys.yaml')) continue
    const covered = table.hit === 'unique' ? coverUnique(book, table) : coverCollect(book, table)
    problems.push(...covered.problems.filter((problem) => !declared.some(({ place }) => place === problem.place && place !== 'rows')))
    cases += covered.cases
  }
  return { problems, cases, sound: conditions.length === 0 }
}
