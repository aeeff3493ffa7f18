import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Store } from '../store/port.ts'
import { anonymise } from '../trust/redact.ts'
import { hiddenValues } from '../trust/scope.ts'
import { keepMonthly, readMonthly } from './monthly-log.ts'

/** A question nobody could answer, as staff see it. */
export interface Unanswered {
  readonly question: string
  readonly times: number
  /** ISO time it was asked last. */
  readonly last: string
}

export const UNANSWERED_LOG = 'unanswered'
const LONGEST = 200
const MONTHS_READ = 12
const schema = z.object({ question: z.string(), at: z.string() })

/** Keeps a question asked in vain, with everything taken out that may say who asked. */
export async function keepUnanswered(store: Store, question: string, now: Date, id: string): Promise<void> {
  const value = { question: anonymise(question, hiddenValues()).slice(0, LONGEST), at: now.toISOString() }
  await keepMonthly(store, UNANSWERED_LOG, { id, value }, now)
}

/** All of them, those asked most often first. */
export async function listUnanswered(store: Store, now = new Date()): Promise<readonly Unanswered[]> {
  const groups = new Map<string, Unanswered>()
  for await (const { value } of readMonthly(store, UNANSWERED_LOG, now, MONTHS_READ)) {
    const { question, at } = schema.parse(value)
    const key = question
      .toLowerCase()
      .replace(/[\s\p{P}]+/gu, ' ')
      .trim()
    const known = groups.get(key)
    groups.set(key, { question: known?.question ?? question, times: (known?.times ?? 0) + 1, last: at })
  }
  return [...groups.values()].sort((a, b) => b.times - a.times || b.last.localeCompare(a.last))
}

/** The id of a question asked in one message: asked again by a redelivery it is kept once. */
export function unansweredId(conversation: string, turn: string): string {
  return createHash('sha256').update(`${conversation} ${turn}`).digest('base64url').slice(0, 22)
}
