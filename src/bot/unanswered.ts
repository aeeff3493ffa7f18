import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Store } from '../store/port.ts'

/** A question nobody could answer, as staff see it. */
export interface Unanswered {
  readonly question: string
  readonly times: number
  /** ISO time it was asked last. */
  readonly last: string
}

const LOG = 'unanswered'
const LONGEST = 200
const PAGE = 1000
const schema = z.object({ question: z.string(), at: z.string() })

/** Keeps a question in vain, with everything masked that may name somebody. */
export async function keepUnanswered(store: Store, question: string, now: Date, id: string): Promise<void> {
  const value = { question: masked(question), at: now.toISOString() }
  await store.logs.append(LOG, [{ id, value }])
}

/** All of them, those asked most often first. */
export async function listUnanswered(store: Store): Promise<readonly Unanswered[]> {
  const groups = new Map<string, Unanswered>()
  for (let after = 0; ;) {
    const page = await store.logs.read(LOG, after, PAGE)
    for (const { value } of page) {
      const { question, at } = schema.parse(value)
      const key = question
        .toLowerCase()
        .replace(/[\s\p{P}]+/gu, ' ')
        .trim()
      const known = groups.get(key)
      groups.set(key, { question: known?.question ?? question, times: (known?.times ?? 0) + 1, last: at })
    }
    const last = page.at(-1)
    if (!last) break
    after = last.sequence
  }
  return [...groups.values()].sort((a, b) => b.times - a.times || b.last.localeCompare(a.last))
}

/** Numbers, addresses and names of sites tell who asks; the question itself does not need them. */
export function masked(question: string): string {
  return question
    .normalize('NFKC')
    .replace(/[^\s@]+@[^\s@]+/g, '[…@…]')
    .replace(/(?:[\dXx][\s.-]?){6,}/g, '[…]')
    .replace(/\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b/gi, '[….…]')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST)
}

/** The id of a question asked in one message: asked again by a redelivery it is kept once. */
export function unansweredId(conversation: string, turn: string): string {
  return createHash('sha256').update(`${conversation} ${turn}`).digest('base64url').slice(0, 22)
}
