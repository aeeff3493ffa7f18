import { randomUUID } from 'node:crypto'
import type { Activity } from 'botbuilder'
import { z } from 'zod'

const ownSchema = z.looseObject({ clientActivityID: z.string().min(1).max(200) })

/**
 * By what a message is known again. A client that sends again after it got no answer often has its message arrive
 * under a new activity id; Web Chat and Direct Line clients then repeat a `channelData.clientActivityID` of their
 * own. It counts only together with who sent it: in a group two clients may choose the same.
 */
export function messageId({ id, channelData, from }: Partial<Activity>): string {
  const own = ownSchema.safeParse(channelData)
  if (own.success && from?.id) return `client|${from.id}|${own.data.clientActivityID}`
  // Without an id a message cannot be known again; it is then a new one each time.
  return id || randomUUID()
}
