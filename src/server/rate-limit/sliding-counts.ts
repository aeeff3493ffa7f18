/** With more subjects in a window the oldest are forgotten: memory stays bounded whoever comes. */
const MOST_SUBJECTS = 50_000

/**
 * Counts by subject in a window that slides: of the window before as much counts as is still covered. Pure but for
 * what it remembers; the caller gives the time. What other processes counted is told by `learn`.
 */
export class SlidingCounts {
  readonly #most: number
  readonly #windowMs: number
  #window = -1
  #own = new Map<string, number>()
  #others = new Map<string, number>()
  #before = new Map<string, number>()

  constructor(most: number, windowMs: number) {
    this.#most = most
    this.#windowMs = windowMs
  }

  /** Counts one more, or says in how many milliseconds there is room again. What is refused does not count. */
  take(subject: string, now: number): { readonly own: number } | { readonly afterMs: number } {
    const part = this.#turnTo(now)
    const current = (this.#own.get(subject) ?? 0) + (this.#others.get(subject) ?? 0)
    const before = this.#before.get(subject) ?? 0
    const room = this.#most - current
    if (Math.floor(before * (1 - part)) >= room) return { afterMs: this.#wait(current, before, part) }
    const own = (this.#own.get(subject) ?? 0) + 1
    this.#own.set(subject, own)
    if (this.#own.size > MOST_SUBJECTS) {
      for (const oldest of this.#own.keys()) {
        this.#own.delete(oldest)
        break
      }
    }
    return { own }
  }

  /** The window that `now` is in, and what this process counted in it of a subject. */
  ownIn(subject: string, now: number): { readonly window: number; readonly own: number } {
    this.#turnTo(now)
    return { window: this.#window, own: this.#own.get(subject) ?? 0 }
  }

  /** What others counted in a window, and all together in the one before, by subject. */
  learn(window: number, others: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>): void {
    if (window !== this.#window) return
    this.#others = new Map(others)
    for (const [subject, count] of before)
      this.#before.set(subject, Math.max(count, this.#before.get(subject) ?? 0))
  }

  /** How much of the window of `now` has passed, 0 to 1. */
  #turnTo(now: number): number {
    const window = Math.floor(now / this.#windowMs)
    if (window !== this.#window) {
      this.#before = window === this.#window + 1 ? sum(this.#own, this.#others) : new Map<string, number>()
      this.#own = new Map()
      this.#others = new Map()
      this.#window = window
    }
    return (now - window * this.#windowMs) / this.#windowMs
  }

  #wait(current: number, before: number, part: number): number {
    const room = this.#most - current
    // Where this window alone is full, room comes in the next, when enough of this one has slid out.
    const windows = room <= 0 ? 1 - part + Math.max(0, 1 - this.#most / current) : 1 - room / before - part
    return Math.ceil(windows * this.#windowMs) + 1
  }
}

function sum(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): Map<string, number> {
  const all = new Map(one)
  for (const [subject, count] of other) all.set(subject, (all.get(subject) ?? 0) + count)
  return all
}
