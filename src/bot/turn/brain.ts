import type { Dialogs } from '../../interview/dialogs.ts'
import { resolve, type Resolution } from '../../interview/resolve.ts'
import type { Case } from '../../interview/case.ts'
import type { Composing } from '../../rendering/compose/context.ts'
import type { Phrases } from '../../rendering/phrases.ts'
import type { Answers } from '../../rules/answers.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { AskIndex } from '../../understanding/ask/index.ts'
import type { Lexicon } from '../../understanding/lexicon.ts'
import type { FollowingKit } from './following/kit.ts'

/** All that the product knows and says, loaded once. */
export interface Brain {
  readonly book: RuleBook
  readonly dialogs: Dialogs
  readonly lexicon: Lexicon
  /** Every fact by the words people ask for it with; built at the first call. */
  readonly asks: () => AskIndex
  readonly phrases: Phrases
  /** What is known and said of the time after submission. */
  readonly following: FollowingKit
  /** How to reach a person, in the operator's words; undefined where nobody can be reached. */
  readonly humanContact: string | undefined
}

export function composing(brain: Brain, current: Case): Composing {
  return { book: brain.book, dialogs: brain.dialogs, phrases: brain.phrases, language: current.language }
}

export function resolveCase(brain: Brain, answers: Answers, asOf: string): Resolution {
  return resolve(brain.book, brain.dialogs, answers, asOf)
}
