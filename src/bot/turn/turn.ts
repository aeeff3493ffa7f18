import type { AnswerValue } from '../../rules/answers.ts'
import type { Case } from '../../interview/case.ts'
import type { Resolution } from '../../interview/resolve.ts'
import type { Message, Payload } from '../../rendering/message.ts'
import type { Composing } from '../../rendering/compose/context.ts'
import type { Brain } from './brain.ts'
import type { Pending, Standing } from './standing.ts'

/** What came in, without any channel's dress. */
export type Incoming =
  | { readonly kind: 'hello' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'payload'; readonly payload: Payload }
  | { readonly kind: 'attachment' }

export interface TurnResult {
  readonly standing: Standing
  readonly replies: readonly Message[]
  /** A reviewer's text that fitted no known reason, with numbers hidden: to be kept for staff. */
  readonly unmatched?: string
  /** Everything kept of the case is to be deleted. */
  readonly forget?: true
  /** A question that no fact answers, as it was asked. */
  readonly unanswered?: string
}

/** What every step of a turn works with. */
export interface Turn {
  readonly brain: Brain
  readonly standing: Standing
  readonly asOf: string
  readonly on: Composing
  readonly resolution: Resolution
}

/** How a turn leaves the conversation: without `misses` and `pending` both are over. */
export interface After {
  readonly case?: Case
  readonly misses?: number
  readonly pending?: Pending
  readonly forget?: true
}

export function ended({ standing }: Turn, replies: readonly Message[], after: After = {}): TurnResult {
  const { case: current = standing.case, misses = 0, pending, forget } = after
  const talk = { turns: standing.talk.turns, misses, ...(pending === undefined ? {} : { pending }) }
  return { standing: { case: current, talk }, replies, ...(forget === undefined ? {} : { forget }) }
}

/** The answer a reopened question had. */
export function previousAnswer({ standing }: Turn, question: string): AnswerValue | undefined {
  const { aside } = standing.case
  return Object.hasOwn(aside, question) ? aside[question] : undefined
}
