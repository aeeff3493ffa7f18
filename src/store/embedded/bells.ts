/**
 * Wakes the tails of a log. A bell carries no entry: a woken tail reads the log itself, so nothing piles up in
 * memory for a slow one, and a bell rung twice does no harm.
 */
export class Bells {
  readonly #waiting = new Map<string, Set<() => void>>()

  /** Resolves at the next ring for `log`, or when `signal` aborts. Listens from the moment of the call. */
  wait(log: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(log) ?? new Set()
      const wake = (): void => {
        signal.removeEventListener('abort', wake)
        waiting.delete(wake)
        if (waiting.size === 0 && this.#waiting.get(log) === waiting) this.#waiting.delete(log)
        resolve()
      }
      signal.addEventListener('abort', wake, { once: true })
      this.#waiting.set(log, waiting.add(wake))
    })
  }

  ring(log: string): void {
    for (const wake of [...(this.#waiting.get(log) ?? [])]) wake()
  }

  ringAll(): void {
    for (const log of [...this.#waiting.keys()]) this.ring(log)
  }
}
