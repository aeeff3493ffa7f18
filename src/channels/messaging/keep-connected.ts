import { setTimeout as pause } from 'node:timers/promises'

export interface KeepConnectedOptions {
  /**
   * Connects, and resolves when the connection is over, however that came about. Rejects when there was none.
   * `onOpen` is to be called once the platform has accepted the connection; the signal ends it.
   */
  readonly connect: (signal: AbortSignal, onOpen: () => void) => Promise<void>
  readonly onError: (error: unknown) => void
  readonly firstWaitMs?: number
  readonly longestWaitMs?: number
}

/**
 * Keeps one connection to a platform, for ever: one at a time, with longer and longer waits while it fails, at once
 * again after one that had held.
 */
export class KeepConnected {
  readonly #options: KeepConnectedOptions
  readonly #ended = new AbortController()
  #running: Promise<void> = Promise.resolve()
  #open = false

  constructor(options: KeepConnectedOptions) {
    this.#options = options
  }

  /** Whether the platform can reach us. */
  get connected(): boolean {
    return this.#open
  }

  start(): void {
    this.#running = this.#run()
  }

  /** Resolves when the connection is closed. */
  async stop(): Promise<void> {
    this.#ended.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { connect, onError, firstWaitMs = 1_000, longestWaitMs = 60_000 } = this.#options
    const { signal } = this.#ended
    let wait = firstWaitMs
    while (!signal.aborted) {
      let opened = false
      try {
        await connect(signal, () => {
          opened = true
          this.#open = true
        })
      } catch (error) {
        if (!signal.aborted) onError(error)
      }
      this.#open = false
      wait = opened ? firstWaitMs : Math.min(longestWaitMs, wait * 2)
      // Not all at the same moment, after a platform was away.
      await pause(wait * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined)
    }
  }
}
