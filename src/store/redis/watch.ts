/**
 * One tail's ear. A ring that comes while the tail reads is kept until it next waits, so none falls between the
 * reading and the waiting; a bell rung twice does no harm.
 */
export class Watch {
  readonly log: string
  #rung = false
  #wake: (() => void) | undefined

  constructor(log: string) {
    this.log = log
  }

  ring(): void {
    this.#rung = true
    this.#wake?.()
  }

  /** Forgets the rings so far. Call before reading. */
  clear(): void {
    this.#rung = false
  }

  /** Resolves at the next ring since `clear`, or when `signal` aborts. */
  async rung(signal: AbortSignal): Promise<void> {
    if (this.#rung || signal.aborted) return
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake)
        this.#wake = undefined
        resolve()
      }
      this.#wake = wake
      signal.addEventListener('abort', wake, { once: true })
    })
  }
}
