import type { z } from 'zod'
import { AppError } from '../../errors.ts'

/** What Redis answered, checked: a proxy or another program may have put something else there. */
export function parseReply<Schema extends z.ZodType>(schema: Schema, reply: unknown): z.output<Schema> {
  const parsed = schema.safeParse(reply)
  if (parsed.success) return parsed.data
  throw damaged('an answer of another shape than this program writes')
}

/** The number a record or an entry id is made of. */
export function wholeNumber(text: string): number {
  const value = Number(text)
  if (text === '' || !Number.isSafeInteger(value)) throw damaged('a number field that is no number')
  return value
}

export function damaged(what: string): AppError {
  return new AppError('internal', {
    detail: `The store in Redis holds ${what}: something else wrote there.`,
    remedy: 'Give each program a keyPrefix of its own, and restore the data from a backup.',
  })
}
