import type { Text } from '../../../language.ts'
import type { PreCheckRule, Severity } from '../schema.ts'
import type { Subject } from '../subject.ts'

/** What a check found. Whatever it leaves open is as the rule says. */
export interface Hit {
  /** The part of an answer that is meant. */
  readonly found?: string
  /** The answers concerned, where they are not all of the rule's. */
  readonly keys?: readonly string[]
  /** It depends on something that was not asked yet. */
  readonly possible?: true
  /** The rule behind it that has words of its own. */
  readonly behind?: {
    readonly id: string
    readonly text: Text
    readonly severity: Severity
    readonly facts: readonly string[]
    readonly certain: boolean
  }
}

/** Compares answers with each other and with the rules. Pure; never throws, whatever was typed. */
export type Check = (subject: Subject, rule: PreCheckRule) => readonly Hit[]

/** One hit, or none. */
export function hitIf(hit: boolean, more: Hit = {}): readonly Hit[] {
  return hit ? [more] : []
}
