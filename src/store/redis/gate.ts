import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../errors.ts'
import { type RedisClient, backOff } from './client.ts'
import type { RedisSettings } from './config.ts'
import { isHopeless, overloaded, redisFailure, unavailable, verdictOf } from './failure.ts'
import type { Script } from './script.ts'

/** The longest pause between two attempts of a call. */
const MAX_PAUSE_MS = 250

/**
 * The one way to Redis. A call is tried again after a lost connection, a fail-over or a loading server until its
 * time is up. That is safe because every write of this adapter can be repeated: it leaves a trace by which a second
 * attempt recognises the first.
 */
export class RedisGate {
  readonly shown: string
  readonly client: RedisClient
  readonly settings: RedisSettings
  readonly #pending = new Set<Promise<unknown>>()
  /** What the connection last complained of, until it works again. */
  #problem: unknown
  #closed = false

  constructor(client: RedisClient, settings: RedisSettings, shown: string) {
    this.client = client
    this.settings = settings
    this.shown = shown
    // Without a listener ioredis prints its errors.
    for (const event of ['error', 'sentinelError', 'node error']) {
      client.on(event, (error: unknown) => (this.#problem = error))
    }
    client.on('ready', () => (this.#problem = undefined))
  }

  get closed(): boolean {
    return this.#closed
  }

  /** @throws AppError `store-closed` */
  assertOpen(): void {
    if (!this.#closed) return
    throw new AppError('store-closed', {
      detail: `The store at ${this.shown} is closed.`,
      remedy: 'Open it again; do not use a store after closing it.',
    })
  }

  /** Runs a script on keys of one bucket. Not patient: fails at once when Redis does not answer. */
  script(
    script: Script,
    keys: readonly string[],
    args: readonly (string | number)[],
    { patient = true } = {},
  ): Promise<unknown> {
    const rest = [...keys, ...args]
    const action = async (client: RedisClient): Promise<unknown> => {
      try {
        return await client.evalsha(script.sha, keys.length, ...rest)
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
        // A server that was restarted, or that became the primary, has not seen it yet.
        return client.eval(script.lua, keys.length, ...rest)
      }
    }
    return this.run(action, { patient })
  }

  /** @throws AppError; within `timeoutMs` in any case */
  async run<Result>(
    action: (client: RedisClient) => Promise<Result>,
    { patient = true } = {},
  ): Promise<Result> {
    this.assertOpen()
    if (this.#pending.size >= this.settings.maxPending) {
      throw overloaded(this.shown, this.settings.maxPending)
    }
    const call = this.#attempts(action, patient)
    this.#pending.add(call)
    try {
      return await call
    } finally {
      this.#pending.delete(call)
    }
  }

  async #attempts<Result>(
    action: (client: RedisClient) => Promise<Result>,
    patient: boolean,
  ): Promise<Result> {
    const { timeoutMs } = this.settings
    const deadline = performance.now() + timeoutMs
    let unsure = false
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await within(deadline, action(this.client))
      if ('result' in outcome) {
        this.#problem = undefined
        return outcome.result
      }
      const error = outcome.late ? undefined : outcome.error
      const verdict = outcome.late ? 'unsure' : verdictOf(error)
      if (verdict === 'final') throw redisFailure(this.shown, error)
      unsure ||= verdict === 'unsure'
      if (isHopeless(this.#problem)) throw redisFailure(this.shown, this.#problem)
      const pause = Math.min(backOff(attempt), MAX_PAUSE_MS)
      if (!patient || outcome.late || performance.now() + pause >= deadline) {
        throw unavailable(this.shown, {
          cause: this.#problem ?? error,
          waitedMs: patient ? timeoutMs : undefined,
          unsure,
        })
      }
      await sleep(pause)
    }
  }

  /** Refuses new calls at once, lets those under way end, then disconnects. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled(this.#pending)
    this.client.disconnect()
  }
}

type Outcome<Result> =
  { readonly result: Result } | { readonly late: true } | { readonly late: false; readonly error: unknown }

async function within<Result>(deadline: number, running: Promise<Result>): Promise<Outcome<Result>> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Outcome<Result>>((resolve) => {
    timer = setTimeout(() => resolve({ late: true }), Math.max(0, deadline - performance.now()))
  })
  const settled = running.then(
    (result): Outcome<Result> => ({ result }),
    (error: unknown): Outcome<Result> => ({ late: false, error }),
  )
  try {
    return await Promise.race([settled, late])
  } finally {
    clearTimeout(timer)
  }
}
