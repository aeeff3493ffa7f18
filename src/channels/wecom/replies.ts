interface Reply {
  readonly key: string
  readonly at: number
  state: 'open' | 'unsure' | 'over'
}

/** Longer ago, nothing is replied to any more. */
const KEPT_MS = 15 * 60_000

/**
 * Which message is the reply to a request of WeCom's: the first, since a request is over once it was replied to.
 * Remembered by the process that holds the connection.
 */
export class Replies {
  readonly #clock: () => Date
  readonly #replies = new Map<string, Reply>()

  constructor(clock: () => Date) {
    this.#clock = clock
  }

  /** @returns undefined where another message is the reply, or a reply was of no use */
  take(request: string, key: string): Reply | undefined {
    const now = this.#clock().getTime()
    for (const [old, { at }] of this.#replies) {
      if (now - at <= KEPT_MS) break
      this.#replies.delete(old)
    }
    const known = this.#replies.get(request)
    if (known) return known.key === key && known.state !== 'over' ? known : undefined
    const reply: Reply = { key, at: now, state: 'open' }
    this.#replies.set(request, reply)
    return reply
  }
}
