import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '../../errors.ts'
import type { Store } from '../../store/port.ts'
import type { KeyedHash } from '../../trust/lookup.ts'
import { WINDOW_MS, type RateLimit, type RateSettings } from './limits.ts'
import { shareCounts } from './shared-counts.ts'
import { SlidingCounts } from './sliding-counts.ts'

export interface RateLimitsOptions {
  readonly store: Store
  readonly settings: RateSettings
  readonly clock: () => Date
  /** Names addresses and tokens without showing them. */
  readonly hash: KeyedHash
  readonly onError: (error: unknown) => void
}

/** A subject is shared each time this process has counted another such part of its limit. */
const PARTS = 8
/** Between two writes of one limit. */
const PAUSE_MS = 250

/**
 * Limits by subject, counted in this process and shared through the store. Nobody waits for the store: only a subject
 * that has used an eighth of its limit is written at all, in the background, at most four times a second for each
 * limit. So people cost no write, and several processes together let through at most an eighth of the limit more for
 * each of them, besides what comes within the pause. With the store away each process goes by what it knows.
 */
export class RateLimits {
  readonly #options: RateLimitsOptions
  readonly #kept = new Map<RateLimit, Kept>()

  constructor(options: RateLimitsOptions) {
    this.#options = options
  }

  /** @throws AppError rate-limited, with the time to wait */
  take(limit: RateLimit, subject: string): void {
    const { settings, hash, clock } = this.#options
    if (settings === 'off') return
    const most = settings[limit]
    const kept = this.#keptOf(limit, most)
    const name = hash(`rate ${limit} ${subject}`)
    const taken = kept.counts.take(name, clock().getTime())
    if ('afterMs' in taken) throw refused(limit, most, taken.afterMs)
    if (taken.own % Math.max(1, Math.floor(most / PARTS)) !== 0) return
    kept.waiting.add(name)
    kept.sharing ??= this.#share(limit, kept).finally(() => (kept.sharing = undefined))
  }

  /** Waits until what is being shared is shared. */
  async settled(): Promise<void> {
    for (const { sharing } of this.#kept.values()) await sharing
  }

  #keptOf(limit: RateLimit, most: number): Kept {
    const known = this.#kept.get(limit)
    if (known) return known
    const kept: Kept = {
      ...{ counts: new SlidingCounts(most, WINDOW_MS), waiting: new Set(), sharing: undefined },
      ...{ window: -1, told: new Map() },
    }
    this.#kept.set(limit, kept)
    return kept
  }

  async #share(limit: RateLimit, kept: Kept): Promise<void> {
    const { store, clock, onError } = this.#options
    while (kept.waiting.size > 0) {
      const names = [...kept.waiting]
      kept.waiting.clear()
      const now = clock().getTime()
      const counted = names.map((name) => [name, kept.counts.ownIn(name, now)] as const)
      const window = Math.floor(now / WINDOW_MS)
      if (kept.window !== window) kept.told.clear()
      kept.window = window
      const added = new Map(counted.map(([name, { own }]) => [name, own - (kept.told.get(name) ?? 0)]))
      try {
        const totals = await shareCounts(store, limit, window, added)
        for (const [name, { own }] of counted) kept.told.set(name, own)
        const others = [...totals.now].map(
          ([name, all]) => [name, Math.max(0, all - (kept.told.get(name) ?? 0))] as const,
        )
        kept.counts.learn(window, new Map(others), totals.before)
      } catch (error) {
        onError(error)
      }
      await pause(PAUSE_MS, undefined, { ref: false })
    }
  }
}

interface Kept {
  readonly counts: SlidingCounts
  /** Subjects to share. */
  readonly waiting: Set<string>
  sharing: Promise<void> | undefined
  /** The window of `told`, which is what this process added to the shared counts. */
  window: number
  readonly told: Map<string, number>
}

/** What each limit is called in an answer. */
const COUNTED: Readonly<Record<RateLimit, string>> = {
  address: 'requests from one address',
  platform: 'requests from one address',
  token: 'requests with one token',
  conversation: 'messages in one conversation',
  begin: 'conversations begun from one address',
  ask: 'questions from one address',
  assess: 'assessments from one address',
  download: 'files fetched from one address',
  'case-files': 'files of one case fetched',
}

function refused(limit: RateLimit, most: number, afterMs: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(afterMs / 1_000))
  return new AppError('rate-limited', {
    detail: `More than ${most} ${COUNTED[limit]} in a minute.`,
    remedy: `Wait ${retryAfterSeconds} seconds, then try again.`,
    subject: limit,
    retryAfterSeconds,
  })
}
