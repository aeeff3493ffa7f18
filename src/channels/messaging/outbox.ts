import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { conversationKey } from '../../bot/keys.ts'
import { DueWorker } from '../../bot/due-worker.ts'
import { AppError } from '../../errors.ts'
import type { DueQueue, Store } from '../../store/port.ts'
import type { Payload, Platform, Target } from './channel.ts'
import { Refused, TryLater } from './delivery-error.ts'
import { OutboxList, type ListItem } from './outbox-list.ts'
import { conversationOf } from './to-activity.ts'
import { TokenBuckets } from './token-bucket.ts'

export interface OutboxOptions {
  readonly platform: Platform
  readonly store: Store
  readonly clock: () => Date
  /** Told of a payload that was given up: refused, or not taken for a day. */
  readonly onDead: (error: unknown, target: Target, payload: Payload) => Promise<void>
  readonly onError: (error: unknown) => void
}

const hintSchema = z.object({ tenant: z.string(), chat: z.string(), thread: z.string().optional() })
type Where = z.infer<typeof hintSchema>

/** A payload not taken for so long says nothing any more. */
const GIVE_UP_MS = 24 * 3_600_000
const LONGEST_WAIT_MS = 10 * 60_000

/**
 * What the bot sends to a platform, durable before the turn is over: in order for each chat, no faster than the
 * platform takes it, again while the platform is away. Sent at least once; the key makes it once where the
 * platform knows keys. The queue holds hints that a chat has something to send; the chat's list holds what.
 */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #queue: DueQueue
  readonly #worker: DueWorker
  readonly #buckets: TokenBuckets
  readonly #waits = new Map<string, number>()
  /** Messages the platform did not take when this process tried last, by key. */
  readonly #late = new Map<string, { readonly since: number; readonly triedAt: number }>()

  constructor(options: OutboxOptions) {
    this.#options = options
    this.#queue = options.store.queue(`outbox:${options.platform.channel}`)
    this.#buckets = new TokenBuckets(options.platform.limits)
    this.#worker = new DueWorker({
      queue: this.#queue,
      clock: options.clock,
      work: ({ value }) => this.#drain(hintSchema.parse(value)),
      onError: options.onError,
    })
  }

  /** Keeps payloads to be sent in this order. `key` names them all; what is put again under it is there once. */
  async put(target: Target, payloads: readonly Payload[], key: string): Promise<void> {
    const { tenant, chat, thread, replyWith } = target
    const where: Where = { tenant, chat, ...(thread === undefined ? {} : { thread }) }
    const since = this.#options.clock().getTime()
    await this.#list(where).append(
      payloads.map((payload, at) => ({
        key: `${key}:${at}`,
        payload,
        since,
        ...(replyWith === undefined ? {} : { replyWith }),
      })),
    )
    await this.#hint(where, since)
  }

  /** How long the oldest message waits that the platform does not take; 0 while it takes all. */
  ageMs(): number {
    const now = this.#options.clock().getTime()
    for (const [key, { triedAt }] of this.#late)
      // Not tried here for longer than the longest pause: another process has sent it.
      if (now - triedAt > 2 * LONGEST_WAIT_MS) this.#late.delete(key)
    return Math.max(0, ...[...this.#late.values()].map(({ since }) => now - since))
  }

  start(): void {
    this.#worker.start()
  }

  stop(): Promise<void> {
    return this.#worker.stop()
  }

  /** Where a process ends between list and hint, the turn is taken again and gives the hint anew. */
  async #hint(where: Where, due: number): Promise<void> {
    await this.#queue.schedule({ id: `${this.#chatKey(where)}:${randomUUID()}`, due, value: where })
    this.#worker.kick(Math.max(0, due - this.#options.clock().getTime()))
  }

  async #drain(where: Where): Promise<void> {
    const { clock } = this.#options
    const list = this.#list(where)
    const holder = randomUUID()
    for (;;) {
      const now = clock().getTime()
      const item = await list.take(holder, now)
      if (item === undefined) return list.free(holder, 0)
      if ('until' in item) return this.#hint(where, Math.max(item.until, now + 50))
      const wait = await this.#send(where, item, now)
      if (wait === undefined) await list.remove(item.key)
      else {
        await list.free(holder, now + wait)
        return this.#hint(where, now + wait)
      }
    }
  }

  /** @returns how long it has to wait; undefined once it is sent or given up */
  async #send(where: Where, item: ListItem, now: number): Promise<number | undefined> {
    const { platform, onDead, onError } = this.#options
    const { thread, ...place } = where
    const target: Target = {
      ...place,
      ...(thread === undefined ? {} : { thread }),
      ...(item.replyWith === undefined ? {} : { replyWith: item.replyWith }),
    }
    const allowed = this.#buckets.take(conversationOf(target), now)
    if (!allowed.ok) return allowed.afterMs
    try {
      await platform.send(target, item.payload, item.key)
      this.#settled(item)
      return undefined
    } catch (error) {
      if (error instanceof Refused || now - item.since > GIVE_UP_MS) {
        await onDead(error, target, item.payload)
        this.#settled(item)
        return undefined
      }
      this.#late.set(item.key, { since: item.since, triedAt: now })
      onError(error instanceof AppError ? error : unexpected(platform.channel, error))
      return Math.max(error instanceof TryLater ? error.afterMs : 0, this.#backOff(item.key))
    }
  }

  #settled({ key }: ListItem): void {
    this.#waits.delete(key)
    this.#late.delete(key)
  }

  /** Twice as long each time, from a second up. */
  #backOff(key: string): number {
    const wait = Math.min(LONGEST_WAIT_MS, (this.#waits.get(key) ?? 500) * 2)
    this.#waits.set(key, wait)
    return wait
  }

  #list(where: Where): OutboxList {
    return new OutboxList(this.#options.store, this.#chatKey(where))
  }

  #chatKey(where: Where): string {
    const { thread, ...place } = where
    return conversationKey(
      this.#options.platform.channel,
      conversationOf({ ...place, ...(thread === undefined ? {} : { thread }) }),
    )
  }
}

function unexpected(channel: string, cause: unknown): AppError {
  return new AppError('upstream-rejected', {
    detail: `${channel}: sending failed`,
    remedy: 'Nothing to do: it is sent again.',
    subject: channel,
    cause,
  })
}
