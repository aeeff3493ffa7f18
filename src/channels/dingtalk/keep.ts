import { AppError } from '../../errors.ts'
import type { Inbound } from '../messaging/channel.ts'
import { persist } from '../messaging/persist.ts'

/** While the store is away, so many wait in memory; DingTalk is told of the others that they were not taken. */
const MOST_WAITING = 500
const PAUSES_MS = [200, 1_000, 3_000, 8_000, 15_000, 30_000]

/**
 * Keeps a message before DingTalk hears that it arrived. DingTalk sends robot messages once and does not send them
 * again, so what cannot be kept is tried again here for a minute.
 */
export class Keep {
  readonly #accept: (inbound: Inbound) => Promise<void>
  readonly #signal: AbortSignal
  #waiting = 0

  constructor(accept: (inbound: Inbound) => Promise<void>, signal: AbortSignal) {
    this.#accept = accept
    this.#signal = signal
  }

  /** @throws AppError, or what the store says, where it is not kept */
  async keep(inbound: Inbound): Promise<void> {
    if (this.#waiting >= MOST_WAITING) throw tooMany()
    this.#waiting += 1
    try {
      await persist(() => this.#accept(inbound), PAUSES_MS, this.#signal)
    } finally {
      this.#waiting -= 1
    }
  }
}

function tooMany(): AppError {
  return new AppError('rate-limited', {
    detail: `More than ${MOST_WAITING} messages of DingTalk's wait for the store.`,
    remedy: 'See why the store takes nothing.',
  })
}
