import type { ClaimedItem, DueQueue } from '../store/port.ts'
import { inScope } from '../trust/scope.ts'

export interface DueWorkerOptions {
  readonly queue: DueQueue
  /** Done when it resolves. When it rejects, the item comes again later. */
  readonly work: (item: ClaimedItem) => Promise<void>
  readonly clock: () => Date
  readonly onError: (error: unknown, item: ClaimedItem | undefined) => void
  /** Takes what was tried `attempts` times in vain; the item is gone then. Without it an item is tried for ever. */
  readonly onDead?: ((item: ClaimedItem, error: unknown) => Promise<void>) | undefined
  /** Default 12: given up after about a day. */
  readonly attempts?: number
  /** Told how long after it was due an item is begun, in milliseconds. */
  readonly onBegin?: ((lateMs: number) => void) | undefined
  readonly everyMs?: number
}

const LEASE_MS = 60_000
const FIRST_PAUSE_MS = 30_000
const LONGEST_PAUSE_MS = 6 * 3_600_000
const ATTEMPTS = 12
const BATCH = 50

/**
 * Works off a due-time queue. Any number of processes may do so at once: each item has one of them at a time. What
 * fails comes again after a pause that doubles, from half a minute to six hours.
 */
export class DueWorker {
  readonly #options: DueWorkerOptions
  #timer: NodeJS.Timeout | undefined
  readonly #running = new Set<Promise<void>>()
  readonly #kicks = new Set<NodeJS.Timeout>()
  #stopped = false

  constructor(options: DueWorkerOptions) {
    this.#options = options
  }

  start(): void {
    const { everyMs = 1_000 } = this.#options
    const next = () => {
      if (this.#stopped) return
      this.#timer = setTimeout(() => {
        void this.#round().finally(next)
      }, everyMs).unref()
    }
    next()
  }

  /** Looks once more in so many milliseconds, besides the usual looks: somebody waits for it. */
  kick(afterMs: number): void {
    if (this.#stopped) return
    const kick = setTimeout(() => {
      this.#kicks.delete(kick)
      void this.#round()
    }, afterMs).unref()
    this.#kicks.add(kick)
  }

  #round(): Promise<void> {
    const round = this.runOnce().finally(() => this.#running.delete(round))
    this.#running.add(round)
    return round
  }

  /** Works off what is due now. */
  async runOnce(): Promise<void> {
    const { queue, clock, onError } = this.#options
    try {
      const items = await queue.claim(clock().getTime(), BATCH, LEASE_MS)
      await Promise.all(items.map((item) => inScope(() => this.#one(item))))
    } catch (error) {
      onError(error, undefined)
    }
  }

  async #one(item: ClaimedItem): Promise<void> {
    const { queue, work, clock, onBegin, onError } = this.#options
    onBegin?.(clock().getTime() - item.due)
    try {
      await work(item)
      await queue.done(item.id, item.receipt)
    } catch (error) {
      onError(error, item)
      await this.#failed(item, error)
    }
  }

  async #failed(item: ClaimedItem, error: unknown): Promise<void> {
    const { queue, clock, onDead, attempts = ATTEMPTS } = this.#options
    if (onDead && item.attempts >= attempts) {
      await onDead(item, error)
      await queue.done(item.id, item.receipt)
      return
    }
    await queue.release(item.id, item.receipt, clock().getTime() + pauseAfter(item.attempts))
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    for (const kick of this.#kicks) clearTimeout(kick)
    await Promise.all(this.#running)
  }
}

/** Up to a fifth longer by chance, so that what failed together does not come back together. */
function pauseAfter(attempts: number): number {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1))
  return Math.round(pause * (1 + Math.random() / 5))
}
