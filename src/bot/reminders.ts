import { z } from 'zod'
import { caseSchema, type Case } from '../interview/case.ts'
import type { Message } from '../rendering/message.ts'
import type { ClaimedItem, Json, Store } from '../store/port.ts'
import { DueJob } from './due-job.ts'
import type { DueWorkerOptions } from './due-worker.ts'
import { caseKey } from './keys.ts'
import { changeDocument, removeDocument } from './change-document.ts'

/** Where a case can be spoken to, as its channel needs it to speak first. */
export interface Reach {
  readonly channelId: string
  readonly conversationId: string
  /** What a channel keeps for it, such as a conversation reference of the Bot Framework. */
  readonly reference?: Json | undefined
}

/** A message that goes out once, when its time has come. */
export interface DueMessage {
  readonly id: string
  /** Epoch milliseconds. */
  readonly due: number
  readonly message: Message
}

export interface RemindersOptions {
  readonly store: Store
  readonly clock: () => Date
  /** All reminders of a case as it stands, the earliest first. Pure. */
  readonly messagesOf: (current: Case, now: Date) => readonly DueMessage[]
  /**
   * Speaks first. Resolves when the message has left; rejects when it has not. Called again with the same delivery id
   * where the process ended before that was noted: a channel that knows the id shows the message once.
   */
  readonly say: (reach: Reach, message: Message, deliveryId: string) => Promise<void>
  readonly onError: (error: unknown) => void
  readonly onDead?: DueWorkerOptions['onDead']
  readonly onBegin?: DueWorkerOptions['onBegin']
  readonly everyMs?: number
}

const reachSchema = z.object({
  channelId: z.string(),
  conversationId: z.string(),
  reference: z.json().optional(),
})
const sentSchema = z.array(z.string())
const itemSchema = z.object({ caseId: z.string() })

/** Until then a turn that announced itself is saved, or has failed. */
const SAVED_BY_MS = 30_000
/** Reminders of a case that are remembered as sent; a case has a dozen at most. */
const MOST_SENT = 500

/**
 * Reminds of deadlines: each exactly once on a channel that knows a delivery it has seen (the web), at least once
 * elsewhere. Nothing about a reminder is stored but that it was sent: one wake-up per case
 * stands in the durable queue, and what is due then follows from the case as it is. So a deadline that moved or
 * went away needs no cancelling, and a restart loses nothing.
 */
export class Reminders extends DueJob {
  readonly #options: RemindersOptions

  constructor(options: RemindersOptions) {
    super({ ...options, queue: options.store.queue('reminders') })
    this.#options = options
  }

  protected override work({ value }: ClaimedItem): Promise<void> {
    return this.#wake(itemSchema.parse(value).caseId)
  }

  /** To be called before a turn that changes milestones is saved: a crash right after the saving then loses nothing. */
  async announce(caseId: string, { channelId, conversationId, reference }: Reach): Promise<void> {
    const reach = { channelId, conversationId, ...(reference === undefined ? {} : { reference }) }
    await changeDocument(this.#options.store, reachKey(caseId), () => reach)
    await this.#schedule(caseId, this.#options.clock().getTime() + SAVED_BY_MS)
  }

  /** To be called after such a turn was saved: sets the wake-up to the next reminder, or takes it away. */
  async plan(caseId: string): Promise<void> {
    await this.#settle(caseId, (next) =>
      next === undefined ? this.queue.cancel(caseId) : this.#schedule(caseId, next.due),
    )
  }

  /** Everything kept about the reminders of a deleted case goes. */
  async forget(caseId: string): Promise<void> {
    await this.queue.cancel(caseId)
    for (const key of [reachKey(caseId), sentKey(caseId)]) await removeDocument(this.#options.store, key)
  }

  async #wake(caseId: string): Promise<void> {
    const now = this.#options.clock().getTime()
    for (;;) {
      const { unsent, gone, reach } = await this.#load(caseId)
      if (gone) return this.forget(caseId)
      const [first] = unsent
      if (!first || !reach || first.due > now) break
      await this.#send(caseId, reach, first)
    }
    // With nothing to come the item is done when this returns; a turn at the same time sets its own.
    await this.#settle(caseId, async (next) => next && this.#schedule(caseId, next.due))
  }

  async #send(caseId: string, reach: Reach, { id, message }: DueMessage): Promise<void> {
    // A deadline told twice after a crash does less harm than one not told at all.
    await this.#options.say(reach, message, `reminder|${caseId}|${id}`)
    await this.#mark(caseId, id)
  }

  async #mark(caseId: string, id: string): Promise<void> {
    await changeDocument(this.#options.store, sentKey(caseId), (value) => {
      const others = sentSchema.parse(value ?? []).filter((other) => other !== id)
      return [...others, id].slice(-MOST_SENT)
    })
  }

  /** Does what the next reminder asks for; again where the case changed meanwhile, so that no change is missed. */
  async #settle(caseId: string, act: (next: DueMessage | undefined) => Promise<unknown>): Promise<void> {
    for (;;) {
      const before = await this.#load(caseId)
      await act(before.reach ? before.unsent[0] : undefined)
      const after = await this.#options.store.documents.get(caseKey(caseId))
      if (after?.version === before.version) return
    }
  }

  async #load(caseId: string) {
    const { store, messagesOf, clock } = this.#options
    const keys = [caseKey(caseId), sentKey(caseId), reachKey(caseId)]
    const [caseDocument, sentDocument, reachDocument] = await store.documents.getMany(keys)
    const sent = new Set(sentSchema.parse(sentDocument?.value ?? []))
    const all = caseDocument ? messagesOf(caseSchema.parse(caseDocument.value), clock()) : []
    return {
      unsent: all.filter(({ id }) => !sent.has(id)),
      gone: caseDocument === undefined,
      version: caseDocument?.version,
      reach: reachDocument && reachSchema.parse(reachDocument.value),
    }
  }

  #schedule(caseId: string, due: number): Promise<void> {
    return this.queue.schedule({ id: caseId, due, value: { caseId } })
  }
}

const reachKey = (caseId: string): string => `reach:{${caseId}}`
const sentKey = (caseId: string): string => `reminded:{${caseId}}`
