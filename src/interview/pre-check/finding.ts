import type { Language, Text } from '../../language.ts'
import type { Statement } from '../../rules/assess/statement.ts'
import type { Conflict, Fact } from '../../rules/schema.ts'
import type { Severity } from './schema.ts'

/** Something a reviewer would object to. */
export interface Finding {
  /** The rule of pre-check.yaml; with the row or name rule behind it, where there is one. */
  readonly id: string
  /** The rejection it foresees, a fact id. */
  readonly rejection: string | undefined
  readonly severity: Severity
  /** The rule in its own words, with what it rests on. `certain` is false while an open answer decides. */
  readonly rule: Statement
  /** The part of an answer that is meant, where the text has a place for it. */
  readonly found: string | undefined
  readonly fix: Text
  /** Answered questions to look at, the first one first. */
  readonly keys: readonly string[]
  /** What the province itself says. */
  readonly local: readonly Fact[]
  readonly conflicts: readonly Conflict[]
}

/** The rule's text with the part found. What a person typed is made harmless by `escape`. */
export function findingSaid(
  { rule, found }: Finding,
  language: Language,
  escape: (typed: string) => string = (typed) => typed,
): string {
  return rule.text[language].replaceAll('{found}', () => (found === undefined ? '' : escape(found)))
}
