import type { Message } from '../rendering/message.ts'
import type { Standing } from './turn/standing.ts'

/** What a turn did, for whoever counts: never with what was said. */
export interface TurnSeen {
  readonly before: Standing
  readonly after: Standing
  readonly replies: readonly Message[]
  /** The first turn of its case. */
  readonly fresh: boolean
}

export type Step =
  | { readonly kind: 'shown' | 'answered' | 'no-match' | 'invalid'; readonly question: string }
  | { readonly kind: 'consent'; readonly question: string; readonly answer: 'yes' | 'no' | 'withdrawn' }

/** What to count of a turn, by the ids of questions. Pure. */
export function stepsOf({ before, after, replies, fresh }: TurnSeen): readonly Step[] {
  const steps: Step[] = []
  const input = replies.at(-1)?.input
  const open = input?.question
  const moved = fresh || before.case.revision !== after.case.revision
  const was = before.case.answers
  const is = after.case.answers
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const value = Object.hasOwn(is, key) ? is[key] : undefined
    const same = Object.hasOwn(was, key) && String(was[key]) === String(value)
    if (same) continue
    if (value !== undefined) steps.push({ kind: 'answered', question: key })
  }
  // Going back to the question is no decision yet.
  for (const { consent, answer } of after.case.consents?.slice(before.case.consents?.length ?? 0) ?? [])
    steps.push({ kind: 'consent', question: consent, answer })
  if (open !== undefined && moved) steps.push({ kind: 'shown', question: open })
  if (open !== undefined && after.talk.misses > before.talk.misses)
    // What is typed in and did not fit was no valid value; what is chosen fitted no option.
    steps.push({ kind: input?.options.length === 0 ? 'invalid' : 'no-match', question: open })
  return steps
}
