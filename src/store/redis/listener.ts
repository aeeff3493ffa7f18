import type { Redis } from 'ioredis'
import { setTimeout as sleep } from 'node:timers/promises'
import { backOff } from './client.ts'
import { isHopeless, isUnavailable, redisFailure, unavailable } from './failure.ts'
import type { KeySpace } from './keys.ts'
import { Watch } from './watch.ts'

/** How often the connection is asked whether it lives: a cut that nobody reports is silent otherwise. */
const PING_MS = 10_000
/** How often every tail reads its log without having heard anything, while there is no connection. */
const DEAF_MS = 1_000
/** Channels subscribed to by one command after a reconnect. */
const CHUNK = 500
/** Connections tried when the store opens before it gives up. */
const FIRST_TRIES = 6

interface ListenerOptions {
  readonly keys: KeySpace
  readonly shown: string
  /** A new connection, not yet connected, to any server that lives. */
  readonly connect: () => Redis
}

interface Channel {
  readonly watches: Set<Watch>
  /** Settles once the channel is heard, or will be after the next reconnect. */
  heard: Promise<unknown>
}

/**
 * The one connection of the process that hears of new entries, for all its tails. A message says only that a log
 * has grown: a tail then reads the log itself. So a message lost with a connection costs nothing but a look at
 * every log after the reconnect.
 */
export class Listener {
  readonly #options: ListenerOptions
  readonly #channels = new Map<string, Channel>()
  readonly #closing = new AbortController()
  #connection: Redis | undefined
  #connected = false

  constructor(options: ListenerOptions) {
    this.#options = options
  }

  /** Connects, and stays connected until `close`. @throws AppError when the first connection fails for good */
  async open(): Promise<void> {
    // A server of a cluster may just be falling over: another one is tried, for a moment.
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#connect()
        break
      } catch (error) {
        if (attempt >= FIRST_TRIES || !isUnavailable(error)) throw error
        await sleep(attempt * 100)
      }
    }
    void this.#keep()
  }

  /** A watch on a log; rings once the log may have grown. It is heard from the moment the promise resolves. */
  async watch(log: string): Promise<Watch> {
    const watch = new Watch(log)
    const name = this.#options.keys.bell(log)
    const channel = this.#channels.get(name) ?? { watches: new Set(), heard: this.#hear(name) }
    this.#channels.set(name, channel)
    channel.watches.add(watch)
    await channel.heard
    return watch
  }

  unwatch(watch: Watch): void {
    const name = this.#options.keys.bell(watch.log)
    const watches = this.#channels.get(name)?.watches
    if (watches?.delete(watch) !== true || watches.size > 0) return
    this.#channels.delete(name)
    if (this.#connected) this.#connection?.unsubscribe(name).catch(() => undefined)
  }

  /** A failure means a lost connection, and all channels are subscribed to again on the next one. */
  async #hear(channel: string): Promise<void> {
    if (this.#connected) await this.#connection?.subscribe(channel).catch(() => undefined)
  }

  close(): void {
    this.#closing.abort()
    this.#connected = false
    this.#connection?.disconnect()
    this.#ringAll()
  }

  async #connect(): Promise<void> {
    const connection = this.#options.connect()
    let problem: unknown
    connection.on('error', (error: unknown) => (problem ??= error))
    connection.on('message', (channel: string) => {
      for (const watch of this.#channels.get(channel)?.watches ?? []) watch.ring()
    })
    this.#connection = connection
    try {
      await connection.connect()
      // One channel is always listened to: it shows at the start whether this user may listen at all.
      await connection.subscribe(this.#options.keys.bell(''))
      const heard = new Set<string>()
      const missing = (): string[] => [...this.#channels.keys()].filter((channel) => !heard.has(channel))
      // Until none is missing: tails begin meanwhile.
      for (let next = missing(); next.length > 0; next = missing()) {
        const chunk = next.slice(0, CHUNK)
        await connection.subscribe(...chunk)
        for (const channel of chunk) heard.add(channel)
      }
      this.#connected = true
    } catch (error) {
      connection.disconnect()
      const cause = problem ?? error
      if (isHopeless(cause)) throw redisFailure(this.#options.shown, cause)
      throw unavailable(this.#options.shown, { cause, waitedMs: undefined, unsure: false })
    }
    this.#ringAll()
  }

  async #keep(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      await this.#whileConnected()
      this.#connected = false
      this.#connection?.disconnect()
      for (let attempt = 1; !signal.aborted && !this.#connected; attempt += 1) {
        await sleep(Math.min(backOff(attempt), DEAF_MS), undefined, { signal, ref: false }).catch(
          () => undefined,
        )
        if (signal.aborted) return
        this.#ringAll()
        await this.#connect().catch(() => undefined)
      }
    }
  }

  /** Resolves when the connection has ended or no longer answers. */
  async #whileConnected(): Promise<void> {
    const { signal } = this.#closing
    const connection = this.#connection
    if (connection === undefined) return
    const ended = new AbortController()
    connection.once('end', () => ended.abort())
    const either = AbortSignal.any([signal, ended.signal])
    while (connection.status === 'ready' && !signal.aborted) {
      await sleep(PING_MS, undefined, { signal: either, ref: false }).catch(() => undefined)
      if (either.aborted) return
      try {
        await connection.ping()
      } catch {
        return
      }
    }
  }

  #ringAll(): void {
    for (const { watches } of this.#channels.values()) for (const watch of watches) watch.ring()
  }
}
