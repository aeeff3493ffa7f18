import type { FollowingBook } from '../../../interview/following/book.ts'

import type { ValueBook } from '../../../rules/values/value-book.ts'
import type { Turn, TurnResult } from '../turn.ts'
import { sayFollowing, type FollowingWords } from './words.ts'
import type { FollowingPhrase } from './phrase-ids.ts'

/** What the turn needs for the time after submission, loaded once. */
export interface FollowingKit {
  readonly book: FollowingBook
  readonly words: FollowingWords
  readonly values: ValueBook
}

/** A step of a turn with all it works with. */
export interface FollowingTurn extends Turn {
  readonly kit: FollowingKit
  readonly now: Date
}

export interface FollowingResult extends TurnResult {
  /** A reviewer's text that fitted no known reason, with numbers hidden: to be kept for staff. */
  readonly unmatched?: string
}

export function saying({ kit, on }: FollowingTurn) {
  return (id: FollowingPhrase, values?: Readonly<Record<string, string | number>>): string =>
    sayFollowing(kit.words, on.language, id, values)
}
