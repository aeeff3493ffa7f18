import { ActivityTypes } from 'botbuilder'
import { z } from 'zod'
import { asJson } from '../../store/as-json.ts'
import type { LogEntry, NewEntry, Store } from '../../store/port.ts'
import { logKey } from './conversations.ts'

export interface Kept {
  /** What is younger stays, epoch milliseconds. */
  readonly until: number
  /** The message that asked for it, and its replies, stay. */
  readonly activityId: string
}

const PAGE = 500
const activitySchema = z.looseObject({
  id: z.string(),
  timestamp: z.string().optional(),
  conversation: z.unknown(),
  from: z.object({ id: z.string(), role: z.string().optional() }).optional(),
})

/**
 * Takes away what was said in a conversation, and leaves the conversation. Each entry becomes a `messageDelete` of
 * the same id, so that watermarks stay good, and clients that are connected hear that the messages are gone.
 */
export async function blankTranscript(store: Store, conversationId: string, kept: Kept): Promise<void> {
  const log = logKey(conversationId)
  const entries: LogEntry[] = []
  for (let page = await store.logs.read(log, 0, PAGE); page.length > 0;) {
    entries.push(...page)
    page = await store.logs.read(log, page.at(-1)?.sequence ?? 0, PAGE)
  }
  const blanked = entries.map((entry) => blank(entry, kept))
  if (blanked.every((one, at) => one === entries[at])) return
  // Not in one write: where the process ends in between, the transcript is gone as a whole.
  await store.logs.remove(log)
  for (let at = 0; at < blanked.length; at += PAGE)
    await store.logs.append(
      log,
      blanked.slice(at, at + PAGE).map(({ id, value }) => ({ id, value })),
    )
}

function blank(entry: LogEntry, { until, activityId }: Kept): NewEntry {
  const parsed = activitySchema.safeParse(entry.value)
  if (!parsed.success) return { id: entry.id, value: {} }
  const { id, timestamp, conversation, from } = parsed.data
  const own = id === activityId || id.startsWith(`${activityId}|`)
  const younger = timestamp !== undefined && Date.parse(timestamp) > until
  if (own || younger || isBlank(entry)) return entry
  const value = { type: ActivityTypes.MessageDelete, id, timestamp, conversation, from }
  return { id: entry.id, value: asJson(value) }
}

function isBlank({ value }: LogEntry): boolean {
  return typeof value === 'object' && value !== null && 'type' in value
    ? value.type === ActivityTypes.MessageDelete
    : false
}
