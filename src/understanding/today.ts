import { contains } from './denials.ts'
import type { Words } from './vocabulary.ts'

/**
 * What holds today of a text that tells how it was before, too ("以前放香港，现在换到深圳了"); undefined where it does
 * not tell both, or only what no longer is.
 */
export function ofToday(words: Words, said: string): string | undefined {
  const clauses = said.split(CLAUSE).map((clause) => clause.trim())
  const past = clauses.findIndex((clause) => contains(words.past, clause))
  const today = clauses.findIndex((clause, at) => at > past && contains(words.today, clause))
  if (past < 0 || today < 0 || contains(words.past, clauses[today] ?? '')) return undefined
  const rest = clauses.slice(today).join(', ')
  return contains(words.denials, rest) ? undefined : rest
}

const CLAUSE = /[，,。.;；!！]+| but | and (?=now )/
