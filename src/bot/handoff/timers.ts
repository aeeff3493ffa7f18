import { z } from 'zod'
import type { DueQueue, Json, Store } from '../../store/port.ts'
import type { Handoffs } from './handoffs.ts'
import type { OwnershipEvent } from './ownership.ts'
import type { Handoff } from './record.ts'

/** How long each may take, milliseconds. */
export interface Waits {
  /** Until staff are nudged that nobody has claimed; then each time as long as was waited already. */
  readonly unclaimedMs: number
  readonly applicantSilentMs: number
  /** Until the owner is nudged; then at pauses six times as long. */
  readonly staffSilentMs: number
}

export const DEFAULT_WAITS: Waits = {
  unclaimedMs: 5 * 60_000,
  applicantSilentMs: 15 * 60_000,
  staffSilentMs: 10 * 60_000,
}

export interface TimersOptions {
  readonly store: Store
  readonly clock: () => Date
  readonly waits: Waits
  readonly handoffs: Handoffs
  /** When staff are there next; `now` while they are. Undefined where they never are. */
  readonly opening: (now: Date) => Date | undefined
}

const itemSchema = z.object({
  caseId: z.string(),
  /** Absent: only what is pending is to be carried out. */
  event: z.enum(['unclaimed', 'applicant-silent', 'staff-silent', 'staff-back']).optional(),
  /** The transition it was planned after: a later one makes it void. */
  turn: z.number().optional(),
})
type TimerEvent = NonNullable<z.infer<typeof itemSchema>['event']>

export interface Due {
  readonly caseId: string
  readonly event: OwnershipEvent | undefined
  readonly id: string
}

/** Long enough for the process that made the change to carry out what follows itself. */
const WAKE_UP_MS = 10_000
const PATIENCE = 6

/**
 * The clock of hand-offs: one timer for each case in the durable queue, planned anew at every change. What staff are
 * reminded of waits until they are there.
 */
export class Timers {
  readonly queue: DueQueue
  readonly #options: TimersOptions

  constructor(options: TimersOptions) {
    this.#options = options
    this.queue = options.store.queue('handoffs')
  }

  /** Makes sure that somebody looks at the case's pending effects, whatever happens to this process. */
  async wakeUp(caseId: string): Promise<void> {
    const due = this.#options.clock().getTime() + WAKE_UP_MS
    await this.queue.schedule({ id: `pending:${caseId}`, due, value: { caseId } })
  }

  async plan(handoff: Handoff, after: OwnershipEvent): Promise<void> {
    const { caseId, turn } = handoff
    const next = this.#next(handoff, after)
    if (!next) {
      await this.queue.cancel(`timer:${caseId}`)
      return
    }
    const value: Json = { caseId, event: next.event, turn }
    await this.queue.schedule({ id: `timer:${caseId}`, due: next.due.getTime(), value })
  }

  /** What a due item means now; undefined where something happened since it was planned. */
  async read(value: Json): Promise<Due | undefined> {
    const { caseId, event, turn } = itemSchema.parse(value)
    const id = `${event ?? 'pending'}:${turn ?? ''}`
    if (event === undefined) return { caseId, event, id }
    const handoff = await this.#options.handoffs.get(caseId)
    return handoff?.turn === turn ? { caseId, event, id } : undefined
  }

  async forget(caseId: string): Promise<void> {
    await this.queue.cancel(`timer:${caseId}`)
    await this.queue.cancel(`pending:${caseId}`)
  }

  #next(
    { state, askedAt }: Handoff,
    after: OwnershipEvent,
  ): { readonly event: TimerEvent; readonly due: Date } | undefined {
    const { unclaimedMs, applicantSilentMs, staffSilentMs } = this.#options.waits
    const now = this.#options.clock()
    const within = (event: TimerEvent, ms: number) => this.#open(event, new Date(now.getTime() + ms))
    if (state === 'requested') return this.#open('staff-back', now)
    if (state === 'queued') return within('unclaimed', Math.max(unclaimedMs, now.getTime() - askedAt))
    if (state !== 'assigned') return undefined
    if (after === 'staff-said')
      return { event: 'applicant-silent', due: new Date(now.getTime() + applicantSilentMs) }
    // Asked once whether the applicant is still there; then it is for staff to close.
    if (after === 'applicant-silent') return undefined
    return within('staff-silent', after === 'staff-silent' ? PATIENCE * staffSilentMs : staffSilentMs)
  }

  #open(event: TimerEvent, at: Date): { readonly event: TimerEvent; readonly due: Date } | undefined {
    const due = this.#options.opening(at)
    return due && { event, due }
  }
}
