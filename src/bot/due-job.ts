import type { ClaimedItem, DueQueue } from '../store/port.ts'
import { DueWorker, type DueWorkerOptions } from './due-worker.ts'

/** Work that waits in a durable due-time queue, and what works it off. */
export abstract class DueJob {
  protected readonly queue: DueQueue
  readonly #worker: DueWorker

  constructor(options: Omit<DueWorkerOptions, 'work'>) {
    this.queue = options.queue
    this.#worker = new DueWorker({ ...options, work: (item) => this.work(item) })
  }

  /** Done when it resolves. When it rejects, the item comes again later. */
  protected abstract work(item: ClaimedItem): Promise<void>

  start(): void {
    this.#worker.start()
  }

  stop(): Promise<void> {
    return this.#worker.stop()
  }

  /** Works off what is due now. */
  runOnce(): Promise<void> {
    return this.#worker.runOnce()
  }
}
