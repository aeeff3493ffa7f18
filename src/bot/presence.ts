import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Store } from '../store/port.ts'
import { changeDocument } from './change-document.ts'

/** Process → how often it has said that it lives. */
const schema = z.record(z.string(), z.number())
const KEY = 'processes'
const BEAT_MS = 1_000
/** Whoever was not heard of for so long is gone. */
const GONE_MS = 5 * BEAT_MS

export interface PresenceOptions {
  readonly store: Store
  readonly onError: (error: unknown) => void
  readonly beatMs?: number
}

/**
 * Which processes share the store. Each says every second that it lives. Nobody's clock is compared with another's:
 * a process is gone when its number has stood still for some time of the reader.
 */
export class Presence {
  readonly id = randomUUID()
  readonly #options: PresenceOptions
  readonly #beatMs: number
  readonly #heard = new Map<string, { readonly beat: number; readonly at: number }>()
  #beat = 0
  #beatAt = -Infinity
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(options: PresenceOptions) {
    this.#options = options
    this.#beatMs = options.beatMs ?? BEAT_MS
  }

  /** True where no other process is known to share the store; a moment of silence of our own makes that unknown. */
  get alone(): boolean {
    return this.#heard.size === 0 && performance.now() - this.#beatAt < 2.5 * this.#beatMs
  }

  /** Resolves when those who were here know of this process, or are not heard of. */
  async start(): Promise<void> {
    await this.#say()
    const before = new Map(this.#heard)
    const deadline = performance.now() + 1.5 * this.#beatMs
    this.#next()
    const unaware = () =>
      [...before].some(([id, { beat }]) => this.#heard.has(id) && this.#heard.get(id)?.beat === beat)
    while (unaware() && performance.now() < deadline && !this.#stopped) await pause(this.#beatMs / 10)
  }

  /** Says goodbye, so that nobody waits for this process. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
    await changeDocument(this.#options.store, KEY, (value) => {
      const rest = Object.entries(schema.parse(value ?? {})).filter(([id]) => id !== this.id)
      return rest.length === 0 ? undefined : Object.fromEntries(rest)
    }).catch(this.#options.onError)
  }

  #next(): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#running = this.#say()
        .catch(this.#options.onError)
        .finally(() => this.#next())
    }, this.#beatMs).unref()
  }

  async #say(): Promise<void> {
    const told = await changeDocument(this.#options.store, KEY, (value) => {
      this.#listen(schema.parse(value ?? {}))
      const others = [...this.#heard].map(([id, { beat }]) => [id, beat] as const)
      return { ...Object.fromEntries(others), [this.id]: this.#beat + 1 }
    })
    this.#beat = told[this.id] ?? this.#beat
    this.#beatAt = performance.now()
  }

  /** Keeps the others who have moved on since, or not stood still for too long. */
  #listen(beats: Readonly<Record<string, number>>): void {
    const now = performance.now()
    for (const id of [...this.#heard.keys()]) if (!Object.hasOwn(beats, id)) this.#heard.delete(id)
    for (const [id, beat] of Object.entries(beats)) {
      if (id === this.id) continue
      const known = this.#heard.get(id)
      if (known?.beat !== beat) this.#heard.set(id, { beat, at: now })
      else if (now - known.at > GONE_MS * (this.#beatMs / BEAT_MS)) this.#heard.delete(id)
    }
  }
}
