import { z } from 'zod'
import { caseSchema, type Case } from '../../interview/case.ts'

const answer = z.union([z.string(), z.array(z.string())])

/** Something the applicant was asked besides the open question: mostly to confirm what cannot be undone. */
const pendingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('restart') }),
  z.object({ kind: z.literal('delete') }),
  /** It was asked which answer to change. */
  z.object({ kind: z.literal('edit') }),
  /** It was asked of which region the requirements are wanted. */
  z.object({ kind: z.literal('province') }),
  /** These options were offered of those the question has, numbered in this order. */
  z.object({ kind: z.literal('among'), question: z.string(), values: z.array(z.string()) }),
  z.object({ kind: z.literal('change'), question: z.string(), answer }),
])
export type Pending = z.infer<typeof pendingSchema>

/**
 * What one conversation needs for repair, besides the case: nothing here says where the interview stands, that
 * follows from the answers.
 */
export const talkSchema = z.object({
  /** Messages in a row that fitted no option of the open question. */
  misses: z.number().int().nonnegative(),
  pending: pendingSchema.optional(),
  /** What was typed for open questions and not taken, by question, so that it can be mended. */
  typed: z.record(z.string(), z.string()).optional(),
  /** Turns whose replies are kept for redelivery, oldest first. */
  turns: z.array(z.string()),
})
export type Talk = Readonly<z.infer<typeof talkSchema>>

/** Where one conversation about one case stands. */
export interface Standing {
  readonly case: Case
  readonly talk: Talk
}

export const newTalk: Talk = { misses: 0, turns: [] }
export { caseSchema }
