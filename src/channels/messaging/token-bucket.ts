import type { Limits } from './channel.ts'

interface Level {
  tokens: number
  at: number
}

/** Buckets that are full again are forgotten once there are more than this. */
const MOST_KEPT = 10_000

/** How fast one process may write to each chat. Pure but for what it remembers; the caller gives the time. */
export class TokenBuckets {
  readonly #levels = new Map<string, Level>()
  readonly #limits: Pick<Limits, 'burst' | 'perSecond'>

  constructor(limits: Pick<Limits, 'burst' | 'perSecond'>) {
    this.#limits = limits
  }

  /** Takes one token of a chat's, or says in how many milliseconds there will be one. */
  take(chat: string, now: number): { readonly ok: true } | { readonly ok: false; readonly afterMs: number } {
    const tokens = this.#tokens(chat, now)
    if (tokens >= 1) {
      this.#set(chat, { tokens: tokens - 1, at: now })
      return { ok: true }
    }
    return { ok: false, afterMs: Math.ceil(((1 - tokens) / this.#limits.perSecond) * 1000) }
  }

  #tokens(chat: string, now: number): number {
    const { burst, perSecond } = this.#limits
    const level = this.#levels.get(chat)
    if (!level) return burst
    // A clock that was set back must not lock a chat for hours.
    const passed = Math.max(0, now - level.at)
    return Math.min(burst, level.tokens + (passed / 1000) * perSecond)
  }

  #set(chat: string, level: Level): void {
    this.#levels.set(chat, level)
    if (this.#levels.size <= MOST_KEPT) return
    for (const [other, { at }] of this.#levels) {
      if (level.at - at > (this.#limits.burst / this.#limits.perSecond) * 1000) this.#levels.delete(other)
    }
  }
}
