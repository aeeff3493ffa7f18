import { z } from 'zod'
import { AppError } from '../errors.ts'
import { caseSchema } from '../interview/case.ts'
import type { ClaimedItem, Store } from '../store/port.ts'
import { DueJob } from './due-job.ts'
import type { DueWorkerOptions } from './due-worker.ts'
import { removeDocument } from './change-document.ts'
import { caseKey, conversationKey, talkKey, turnId, turnKey } from './keys.ts'
import type { Delivery } from './turns.ts'

/** What a channel keeps of a conversation: how to delete it, and how to see whether it is gone. */
export interface Transcripts {
  erase(channelId: string, conversationId: string): Promise<void>
  isGone(channelId: string, conversationId: string): Promise<boolean>
}

export interface ErasureOptions {
  readonly store: Store
  readonly clock: () => Date
  readonly transcripts: Transcripts
  readonly onError: (error: unknown) => void
  readonly onDead?: DueWorkerOptions['onDead']
  /** Told when it is proved that nothing is left. */
  readonly onErased?: () => void
}

/** Long enough for the farewell to reach the client whose conversation goes. */
const FAREWELL_MS = 2_000
const schema = z.object({
  channelId: z.string(),
  conversationId: z.string(),
  activityId: z.string(),
  /** Not there in items from before: then the conversation's own case. */
  caseId: z.string().optional(),
  at: z.number().default(0),
})
type Item = z.infer<typeof schema>

/**
 * What is left of a conversation after its case was deleted, the transcript and the farewell, goes a moment
 * later, by a durable queue: also where the process ends in between. Then it looks whether anything is left; while
 * something is, the work is not done and comes again.
 */
export class Erasure extends DueJob {
  readonly #options: ErasureOptions

  constructor(options: ErasureOptions) {
    super({ ...options, queue: options.store.queue('erasure') })
    this.#options = options
  }

  protected override work({ value }: ClaimedItem): Promise<void> {
    return this.#erase(schema.parse(value))
  }

  async schedule(
    { channelId, conversationId, activityId }: Pick<Delivery, 'channelId' | 'conversationId' | 'activityId'>,
    caseId?: string,
  ): Promise<void> {
    const at = this.#options.clock().getTime()
    await this.queue.schedule({
      id: conversationKey(channelId, conversationId),
      due: at + FAREWELL_MS,
      value: { channelId, conversationId, activityId, at, ...(caseId === undefined ? {} : { caseId }) },
    })
  }

  async #erase(item: Item): Promise<void> {
    const { store, transcripts, onErased } = this.#options
    await transcripts.erase(item.channelId, item.conversationId)
    await removeDocument(store, farewellKey(item))
    await this.#prove(item)
    onErased?.()
  }

  /** @throws AppError internal where something is left of what was deleted */
  async #prove(item: Item): Promise<void> {
    const { store, transcripts } = this.#options
    const { caseId, conversation } = addressOf(item)
    const [current, talk, farewell] = await store.documents.getMany([
      caseKey(caseId),
      talkKey(caseId, conversation),
      farewellKey(item),
    ])
    // Whoever writes again meanwhile begins a new case under the same id: that one stays.
    const anew = current && Date.parse(caseSchema.parse(current.value).createdAt) >= item.at
    const gone = await transcripts.isGone(item.channelId, item.conversationId)
    if (gone && !farewell && (anew || (!current && !talk))) return
    throw new AppError('internal', {
      detail: 'Something is left of a case that was deleted.',
      remedy: 'It is tried again; if it stays, see what else writes to the store.',
    })
  }
}

function addressOf({ channelId, conversationId, caseId }: Item): { caseId: string; conversation: string } {
  const conversation = conversationKey(channelId, conversationId)
  return { caseId: caseId ?? conversation, conversation }
}

function farewellKey(item: Item): string {
  const { caseId, conversation } = addressOf(item)
  return turnKey(caseId, conversation, turnId(item.activityId))
}
