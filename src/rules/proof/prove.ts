import { conflictProblems } from './conflicts.ts'
import { contradictionProblems } from './contradictions.ts'
import { factProblems } from './facts.ts'
import type { Parsed } from './files.ts'
import { keyProblems } from './keys.ts'
import type { Problem } from './problem.ts'
import { referenceProblems } from './references.ts'
import { regionProblems } from './regions.ts'
import { sourceProblems } from './sources.ts'
import { readRules, type Subject } from './subject.ts'
import { proveTables } from './tables/prove.ts'

export interface RulesProof {
  readonly problems: readonly Problem[]
  /** Undefined while a file cannot be read. */
  readonly subject: Subject | undefined
  readonly cases: number
  /** Whether keys and conditions are sound, so that paths through the dialogs can be walked. */
  readonly walkable: boolean
}

/** Proves the files of `rules/` as of a day (ISO date). Pure: `parseTexts` makes its input. */
export function proveRules(parsed: Parsed, asOf: string): RulesProof {
  const { subject, problems } = readRules(parsed)
  if (!subject) return { problems, subject: undefined, cases: 0, walkable: false }
  const keys = keyProblems(subject)
  const tables = proveTables(subject)
  return {
    subject,
    cases: tables.cases,
    walkable: keys.length === 0 && tables.sound,
    problems: [
      ...problems,
      ...keys,
      ...sourceProblems(subject),
      ...factProblems(subject),
      ...referenceProblems(subject),
      ...conflictProblems(subject),
      ...contradictionProblems(subject, asOf),
      ...regionProblems(subject),
      ...tables.problems,
    ],
  }
}
