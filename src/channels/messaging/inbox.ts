import { z } from 'zod'
import { DueWorker } from '../../bot/due-worker.ts'
import { conversationKey, turnId } from '../../bot/keys.ts'
import { Serial } from '../../bot/serial.ts'
import { asJson } from '../../store/as-json.ts'
import type { DueQueue, Store } from '../../store/port.ts'
import type { Inbound, StaffChannel } from './channel.ts'
import { Seen } from './seen.ts'
import { conversationOf } from './to-activity.ts'

const inboundSchema: z.ZodType<Inbound> = z.object({
  id: z.string(),
  tenant: z.string(),
  chat: z.string(),
  thread: z.string().optional(),
  chatKind: z.enum(['personal', 'group']),
  sender: z.string(),
  senderName: z.string().optional(),
  text: z.string(),
  pressed: z.string().optional(),
  locale: z.string().optional(),
  replyWith: z.json().optional(),
})
const itemSchema = z.object({ inbound: inboundSchema, at: z.number() })

export interface InboxOptions {
  readonly channel: StaffChannel
  readonly store: Store
  readonly clock: () => Date
  /** Works one event off. When it rejects, the event comes again later. */
  readonly work: (inbound: Inbound, at: Date) => Promise<void>
  readonly onError: (error: unknown) => void
}

/**
 * Keeps what a platform delivers before it is acknowledged, and works it off after: platforms wait a few seconds
 * only, and what was acknowledged must not be lost with the process. Events of one conversation are worked off one
 * after the other; one delivered again is worked off once.
 */
export class Inbox {
  readonly #options: InboxOptions
  readonly #queue: DueQueue
  readonly #worker: DueWorker
  readonly #serial = new Serial()
  readonly #seen: Seen
  #last = 0

  constructor(options: InboxOptions) {
    this.#options = options
    this.#queue = options.store.queue(`inbox:${options.channel}`)
    this.#seen = new Seen(options.store)
    this.#worker = new DueWorker({
      queue: this.#queue,
      clock: options.clock,
      work: ({ value }) => this.#one(itemSchema.parse(value)),
      onError: options.onError,
    })
  }

  start(): void {
    this.#worker.start()
  }

  stop(): Promise<void> {
    return this.#worker.stop()
  }

  /** Durable when it resolves: only then may the platform be told that the event arrived. */
  async accept(inbound: Inbound): Promise<void> {
    const { channel, clock } = this.#options
    const conversation = conversationOf(inbound)
    if (await this.#seen.has(channel, conversation, inbound.id)) return
    const at = clock().getTime()
    // Two events within one millisecond keep their order.
    this.#last = Math.max(at, this.#last + 1)
    await this.#queue.schedule({
      id: `${conversationKey(channel, conversation)}:${turnId(inbound.id)}`,
      due: this.#last,
      value: asJson({ inbound, at }),
    })
    this.#worker.kick(Math.max(0, this.#last - clock().getTime()))
  }

  async #one({ inbound, at }: z.infer<typeof itemSchema>): Promise<void> {
    const { channel, work } = this.#options
    const conversation = conversationOf(inbound)
    await this.#serial.run(conversation, async () => {
      if (await this.#seen.has(channel, conversation, inbound.id)) return
      await work(inbound, new Date(at))
      await this.#seen.add(channel, conversation, inbound.id)
    })
  }
}
