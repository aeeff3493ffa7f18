import { withKnown } from '../answers.ts'
import { one, type Knowledge } from '../knowledge.ts'
import { valuesOf, type RuleBook } from '../rulebook.ts'
import { decide, type Decision } from './ruling.ts'

export interface ChangeDecision extends Decision {
  readonly kind: string
}

/** What each kind of change asks for, in the order of rules/keys.yaml: the answer to "what do I have to report?" */
export function changesToReport(book: RuleBook, know: Knowledge, asOf: string): readonly ChangeDecision[] {
  return valuesOf(book, 'change.kind').map((kind) => ({
    kind,
    ...decide(book, 'changes', withKnown(know, { 'change.kind': one(kind) }), asOf),
  }))
}
