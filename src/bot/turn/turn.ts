import type { AnswerValue } from '../../rules/answers.ts'
import type { Case } from '../../interview/case.ts'
import type { Consent } from '../../interview/consent.ts'
import type { Resolution } from '../../interview/resolve.ts'
import type { FormAnswers, Message, Payload } from '../../rendering/message.ts'
import type { Composing } from '../../rendering/compose/context.ts'
import type { Brain } from './brain.ts'
import type { Pending, Standing, Talk } from './standing.ts'

/** What came in, without any channel's dress. */
export type Incoming =
  | { readonly kind: 'hello' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'payload'; readonly payload: Payload }
  | { readonly kind: 'form'; readonly form: FormAnswers }
  | { readonly kind: 'attachment' }

export interface TurnResult {
  readonly standing: Standing
  readonly replies: readonly Message[]
  /** A reviewer's text that fitted no known reason, as it was typed: to be kept for staff, redacted. */
  readonly unmatched?: string
  /** Links to the files of the case go with the last reply; `asked`: before what else it says. */
  readonly links?: 'asked'
  /** Everything kept of the case is to be deleted. */
  readonly forget?: true
  /** Consents that were taken back: what was kept by them goes everywhere. */
  readonly withdrawn?: readonly Consent[]
  /** A person is wanted; with the open question as it is put after what is said about that. */
  readonly human?: Message
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

/**
 * How a turn leaves the conversation: without `misses` and `pending` both are over. What was `typed` and not taken
 * stays until its question is answered.
 */
export interface After {
  readonly case?: Case
  readonly misses?: number
  readonly pending?: Pending
  readonly forget?: true
  readonly typed?: Talk['typed']
}

export function ended({ standing }: Turn, replies: readonly Message[], after: After = {}): TurnResult {
  const { case: current = standing.case, misses = 0, pending, forget, typed = standing.talk.typed } = after
  const left = current.epoch === standing.case.epoch ? unanswered(typed, current) : undefined
  const talk = {
    turns: standing.talk.turns,
    misses,
    ...(pending === undefined ? {} : { pending }),
    ...(left === undefined ? {} : { typed: left }),
  }
  return { standing: { case: current, talk }, replies, ...(forget === undefined ? {} : { forget }) }
}

function unanswered(typed: Talk['typed'], { answers }: Case): Talk['typed'] {
  const left = Object.entries(typed ?? {}).filter(([question]) => !Object.hasOwn(answers, question))
  return left.length === 0 ? undefined : Object.fromEntries(left)
}

/** The answer a reopened question had. */
export function previousAnswer({ standing }: Turn, question: string): AnswerValue | undefined {
  const { aside } = standing.case
  return Object.hasOwn(aside, question) ? aside[question] : undefined
}
