import { AppError } from '../../errors.ts'

/** So many in a while for each of many; counted in this process. */
export class Quota {
  readonly #most: number
  readonly #windowMs: number
  readonly #clock: () => Date
  #counts = new Map<string, number>()
  #since = 0

  constructor(most: number, windowMs: number, clock: () => Date) {
    this.#most = most
    this.#windowMs = windowMs
    this.#clock = clock
  }

  /** @throws AppError rate-limited */
  take(id: string): void {
    const now = this.#clock().getTime()
    // One window for all: nothing is left behind of those who never come again.
    if (now - this.#since >= this.#windowMs) {
      this.#counts = new Map()
      this.#since = now
    }
    const count = (this.#counts.get(id) ?? 0) + 1
    this.#counts.set(id, count)
    if (count > this.#most)
      throw new AppError('rate-limited', {
        detail: `More than ${this.#most} files of one case were fetched in a short time.`,
        remedy: 'Wait a minute, then try again.',
      })
  }
}
