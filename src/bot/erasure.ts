import { z } from 'zod'
import type { DueQueue, Store } from '../store/port.ts'
import { DueWorker } from './due-worker.ts'
import { conversationKey, turnId, turnKey } from './keys.ts'
import type { Delivery } from './turns.ts'

export interface ErasureOptions {
  readonly store: Store
  readonly clock: () => Date
  /** Deletes what the channel keeps of a conversation. */
  readonly eraseTranscript: (channelId: string, conversationId: string) => Promise<void>
  readonly onError: (error: unknown) => void
}

/** Long enough for the farewell to reach the client whose conversation goes. */
const FAREWELL_MS = 2_000
const schema = z.object({ channelId: z.string(), conversationId: z.string(), activityId: z.string() })

/**
 * What is left of a conversation after its case was deleted, the transcript and the farewell, goes a moment
 * later, by a durable queue: also where the process ends in between.
 */
export class Erasure {
  readonly #options: ErasureOptions
  readonly #queue: DueQueue
  readonly #worker: DueWorker

  constructor(options: ErasureOptions) {
    this.#options = options
    this.#queue = options.store.queue('erasure')
    this.#worker = new DueWorker({
      queue: this.#queue,
      clock: options.clock,
      work: ({ value }) => this.#erase(schema.parse(value)),
      onError: options.onError,
    })
  }

  start(): void {
    this.#worker.start()
  }

  stop(): Promise<void> {
    return this.#worker.stop()
  }

  async schedule({ channelId, conversationId, activityId }: Delivery): Promise<void> {
    await this.#queue.schedule({
      id: conversationKey(channelId, conversationId),
      due: this.#options.clock().getTime() + FAREWELL_MS,
      value: { channelId, conversationId, activityId },
    })
  }

  async #erase({ channelId, conversationId, activityId }: z.infer<typeof schema>): Promise<void> {
    const { store, eraseTranscript } = this.#options
    await eraseTranscript(channelId, conversationId)
    const conversation = conversationKey(channelId, conversationId)
    const key = turnKey(conversation, conversation, turnId(activityId))
    const farewell = await store.documents.get(key)
    if (farewell) await store.documents.put([{ key, expected: farewell.version, value: undefined }])
  }
}
