import type { Dialogs } from '../../interview/dialogs.ts'
import type { PreCheckKit } from '../../interview/pre-check/kit.ts'
import { resolve, type Resolution } from '../../interview/resolve.ts'
import type { Case } from '../../interview/case.ts'
import type { Composing } from '../../rendering/compose/context.ts'
import type { Phrases } from '../../rendering/phrases.ts'
import type { Answers } from '../../rules/answers.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { AskIndex } from '../../understanding/ask/index.ts'
import type { Lexicon } from '../../understanding/lexicon.ts'
import type { DossierKit } from './dossier.ts'
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
  /** What a reviewer looks at. */
  readonly preCheck: PreCheckKit
  /** What the dossier is made with. */
  readonly dossier: DossierKit
  /** How to reach a person, in the operator's words; undefined where nobody can be reached. */
  readonly humanContact: string | undefined
}

/** @param typed what was typed for open questions and not taken */
export function composing(
  { book, dialogs, phrases, following, preCheck }: Brain,
  { language }: Case,
  typed?: Composing['typed'],
): Composing {
  const { values } = following
  return { book, dialogs, phrases, language, values, preCheck, ...(typed ? { typed } : {}) }
}

/**
 * The resolution of a case's answers. A turn needs it in several places, and the view after it once more, so the
 * last one of the same answers (the same object: a case is never changed, only replaced) is kept as long as they are.
 */
export function resolveCase({ book, dialogs }: Brain, answers: Answers, asOf: string): Resolution {
  const known = resolved.get(answers)
  if (known?.book === book && known.dialogs === dialogs && known.resolution.assessment.asOf === asOf)
    return known.resolution
  const resolution = resolve(book, dialogs, answers, asOf)
  resolved.set(answers, { book, dialogs, resolution })
  return resolution
}
const resolved = new WeakMap<Answers, Pick<Brain, 'book' | 'dialogs'> & { readonly resolution: Resolution }>()
