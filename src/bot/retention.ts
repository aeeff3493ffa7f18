import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { caseSchema, type Case } from '../interview/case.ts'
import type { DueQueue, Store } from '../store/port.ts'
import type { Place } from './case-code.ts'
import { DueWorker } from './due-worker.ts'
import { caseKey } from './keys.ts'
import { dropMonthly, keepMonthly } from './monthly-log.ts'
import { UNANSWERED_LOG } from './unanswered.ts'
import { UNMATCHED_LOG } from './unmatched-rejections.ts'

export interface RetentionDays {
  /** A case that was not handed in, since its last message. */
  readonly draftDays: number
  /** A case that was handed in, since its last message: its deadlines go on. */
  readonly followedDays: number
  /** Redacted texts kept for the rules: questions without an answer, rejections without a reason. */
  readonly textMonths: number
  readonly auditMonths: number
}

export type Erased = 'draft' | 'followed' | 'texts' | 'audit'

export interface RetentionOptions extends RetentionDays {
  readonly store: Store
  readonly clock: () => Date
  /**
   * Deletes the case of a place with all that belongs to it, where `expired` still holds of it at that moment.
   * @returns the case that went
   */
  readonly erase: (place: Place, expired: (current: Case) => boolean) => Promise<Case | undefined>
  readonly onErased?: (what: Erased, count: number, current?: Case) => void
  readonly onError: (error: unknown) => void
}

export const AUDIT_LOG = 'audit'
const DAY_MS = 86_400_000
const DAILY = 'daily'

const itemSchema = z.object({ caseId: z.string(), channelId: z.string(), conversationId: z.string() })

/**
 * Nothing is kept longer than docs/privacy.md says. A case has one item in the due-time queue from its first message
 * on; when that is due, the case says itself whether its time has come. What is not of a case goes once a day.
 */
export class Retention {
  readonly #options: RetentionOptions
  readonly #queue: DueQueue
  readonly #worker: DueWorker

  constructor(options: RetentionOptions) {
    this.#options = options
    this.#queue = options.store.queue('retention')
    this.#worker = new DueWorker({
      queue: this.#queue,
      clock: options.clock,
      work: ({ id, value }) => (id === DAILY ? this.#daily() : this.#look(itemSchema.parse(value))),
      onError: options.onError,
      everyMs: 5_000,
    })
  }

  async start(): Promise<void> {
    await this.#queue.schedule({ id: DAILY, due: this.#options.clock().getTime(), value: {} })
    this.#worker.start()
  }

  stop(): Promise<void> {
    return this.#worker.stop()
  }

  /** Works off what is due now. */
  runOnce(): Promise<void> {
    return this.#worker.runOnce()
  }

  /** To be called before the first turn of a case is saved: no case may be without its end. */
  async begin(caseId: string, place: Place): Promise<void> {
    const { clock, draftDays } = this.#options
    await this.#schedule(caseId, place, clock().getTime() + draftDays * DAY_MS)
  }

  /** A case that was deleted needs no end any more. */
  async forget(caseId: string): Promise<void> {
    await this.#queue.cancel(caseId)
  }

  async #look({ caseId, ...place }: z.infer<typeof itemSchema>): Promise<void> {
    const { store, clock, erase, onErased } = this.#options
    const found = await store.documents.get(caseKey(caseId))
    if (!found) return
    const end = this.#endOf(caseSchema.parse(found.value))
    if (end > clock().getTime()) return this.#schedule(caseId, place, end)
    const gone = await erase(place, (current) => this.#endOf(current) <= clock().getTime())
    // Written to at this very moment: then it is looked at again.
    if (!gone) return this.#schedule(caseId, place, clock().getTime() + DAY_MS)
    const what = gone.following ? 'followed' : 'draft'
    const value = { at: clock().toISOString(), what, why: 'retention' }
    await keepMonthly(store, AUDIT_LOG, { id: randomUUID(), value }, clock())
    onErased?.(what, 1, gone)
  }

  async #daily(): Promise<void> {
    const { store, clock, textMonths, auditMonths, onErased } = this.#options
    const texts =
      (await dropMonthly(store, UNANSWERED_LOG, clock(), textMonths)) +
      (await dropMonthly(store, UNMATCHED_LOG, clock(), textMonths))
    if (texts > 0) onErased?.('texts', texts)
    const audit = await dropMonthly(store, AUDIT_LOG, clock(), auditMonths)
    if (audit > 0) onErased?.('audit', audit)
    await this.#queue.schedule({ id: DAILY, due: clock().getTime() + DAY_MS, value: {} })
  }

  #endOf({ updatedAt, following }: Case): number {
    const { draftDays, followedDays } = this.#options
    return Date.parse(updatedAt) + (following ? followedDays : draftDays) * DAY_MS
  }

  async #schedule(caseId: string, { channelId, conversationId }: Place, due: number): Promise<void> {
    await this.#queue.schedule({ id: caseId, due, value: { caseId, channelId, conversationId } })
  }
}
