import { z } from 'zod'
import type { CaseCodes } from '../bot/case-code.ts'
import type { Handoffs } from '../bot/handoff/handoffs.ts'
import type { Handoff, TranscriptLine } from '../bot/handoff/record.ts'
import { BOT, CHANNEL, logKey } from '../channels/direct-line/conversations.ts'
import type { Store } from '../store/port.ts'

/** Of an activity in the log of a conversation, what a reader needs. */
const activitySchema = z.object({
  type: z.literal('message'),
  text: z.string().min(1),
  timestamp: z.coerce.date(),
  from: z.object({ id: z.string() }),
})
/** Some activities are no messages, or have no text. */
const MARGIN = 4

/**
 * The last messages of a case, oldest first: of its conversations on the web, and what was said while a person had
 * it. Other channels keep their messages themselves.
 */
export function createLastMessages(store: Store, codes: CaseCodes, handoffs: Handoffs) {
  return async (caseId: string, limit: number): Promise<readonly TranscriptLine[]> => {
    const [places, handoff] = await Promise.all([codes.placesOf(caseId), handoffs.get(caseId)])
    const all = [...places, ...(handoff ? [handoff.place] : [])]
    const ids = new Set(all.filter(({ channelId }) => channelId === CHANNEL).map((one) => one.conversationId))
    const web = await Promise.all([...ids].map((id) => readWeb(store, id, limit)))
    const held = handoff ? await handoffs.transcript(handoff.id, limit) : []
    // What the applicant wrote to a person is in both.
    const alone = web.flat().filter(({ at }) => !duringHandoff(handoff, at))
    return [...alone, ...held].sort((a, b) => a.at - b.at).slice(-limit)
  }
}

async function readWeb(
  store: Store,
  conversationId: string,
  limit: number,
): Promise<readonly TranscriptLine[]> {
  const log = logKey(conversationId)
  const last = await store.logs.last(log)
  const entries = await store.logs.read(log, Math.max(0, last - limit * MARGIN), limit * MARGIN)
  return entries.flatMap(({ value }) => {
    const { success, data } = activitySchema.safeParse(value)
    if (!success) return []
    return [
      { at: data.timestamp.getTime(), who: data.from.id === BOT.id ? 'bot' : 'applicant', text: data.text },
    ]
  })
}

function duringHandoff(handoff: Handoff | undefined, at: number): boolean {
  return handoff?.claimedAt !== undefined && at >= handoff.claimedAt && at <= (handoff.endedAt ?? Infinity)
}
