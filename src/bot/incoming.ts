import type { Activity } from 'botbuilder'
import { parseFormAnswers, parsePayload } from '../rendering/payload.ts'
import type { Incoming } from './turn/turn.ts'

/** What a message activity says: a button or form of ours, a text, or something that cannot be read. */
export function readIncoming(activity: Partial<Activity>): Incoming {
  const payload = parsePayload(activity.value)
  if (payload) return { kind: 'payload', payload }
  const form = parseFormAnswers(activity.value)
  if (form) return { kind: 'form', form }
  const text = activity.text ?? ''
  if (text.trim() === '' && (activity.attachments?.length ?? 0) > 0) return { kind: 'attachment' }
  return { kind: 'text', text }
}
