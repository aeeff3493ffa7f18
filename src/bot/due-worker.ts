import type { ClaimedItem, DueQueue } from '../store/port.ts'

export interface DueWorkerOptions {
  readonly queue: DueQueue
  /** Done when it resolves. When it rejects, the item comes again later. */
  readonly work: (item: ClaimedItem) => Promise<void>
  readonly clock: () => Date
  readonly onError: (error: unknown, item: ClaimedItem | undefined) => void
  readonly everyMs?: number
}

const LEASE_MS = 60_000
const AGAIN_MS = 30_000
const BATCH = 50

/** Works off a due-time queue. Any number of processes may do so at once: each item has one of them at a time. */
export class DueWorker {
  readonly #options: DueWorkerOptions
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(options: DueWorkerOptions) {
    this.#options = options
  }

  start(): void {
    const { everyMs = 1_000 } = this.#options
    const next = () => {
      if (this.#stopped) return
      this.#timer = setTimeout(() => {
        this.#running = this.runOnce().finally(next)
      }, everyMs).unref()
    }
    next()
  }

  /** Works off what is due now. */
  async runOnce(): Promise<void> {
    const { queue, clock, onError } = this.#options
    try {
      const items = await queue.claim(clock().getTime(), BATCH, LEASE_MS)
      await Promise.all(items.map((item) => this.#one(item)))
    } catch (error) {
      onError(error, undefined)
    }
  }

  async #one(item: ClaimedItem): Promise<void> {
    const { queue, work, clock, onError } = this.#options
    try {
      await work(item)
      await queue.done(item.id, item.receipt)
    } catch (error) {
      onError(error, item)
      await queue.release(item.id, item.receipt, clock().getTime() + AGAIN_MS)
    }
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }
}
