import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '../errors.ts'
import type { Store, Write } from '../store/port.ts'
import { leaseKey } from './keys.ts'

/** The right to take the next turn of a case, among all processes that share the store. */
export interface Lease {
  /** Whether somebody else had it first. */
  readonly waited: boolean
  /**
   * To be written in the turn's own batch: hands the lease back, and is refused together with the batch where it was
   * lost meanwhile. The version is the fencing token: the store never gives one out twice.
   */
  readonly fence: readonly Write[]
  /** To be called after such a batch was written. */
  handedBack(): void
  /** Hands it back unless a batch has, as after a turn that failed. Never rejects. */
  release(): Promise<void>
}

export interface LeasesOptions {
  readonly store: Store
  /** Names this process in the store, for whoever looks there. */
  readonly owner: string
  /** Whether no other process shares the store: then the order of one process is the order. */
  readonly alone: () => boolean
  /** A lease that has not moved for so long, by the clock of who waits, is taken over. */
  readonly holdMs?: number
  /** The longest anybody waits. */
  readonly waitMs?: number
}

const HOLD_MS = 5_000
const WAIT_MS = 20_000
const LOOK_MS = [5, 10, 20, 40] as const

/**
 * Puts the turns of a case in order across processes: a message waits for the one before it also where another
 * process answers that. A process that is alone pays nothing; others pay one small write, since handing back goes
 * with the turn. Among several that wait, any may be next.
 *
 * Safety does not rest on it: a turn is written only with the versions it has read.
 */
export class Leases {
  readonly #options: LeasesOptions
  readonly #held = new Set<Lease>()

  constructor(options: LeasesOptions) {
    this.#options = options
  }

  /** @returns undefined where no lease is needed. @throws AppError store-conflict after `waitMs` */
  async take(caseId: string): Promise<Lease | undefined> {
    const { store, owner, alone, holdMs = HOLD_MS, waitMs = WAIT_MS } = this.#options
    if (alone()) return undefined
    const key = leaseKey(caseId)
    const start = performance.now()
    let seen = { version: 0, since: start }
    for (let look = 0; performance.now() - start < waitMs; look += 1) {
      const expected = performance.now() - seen.since >= holdMs ? seen.version : 0
      const taken = await store.documents.put([{ key, expected, value: { owner } }])
      if (taken.ok) return this.#lease(key, taken.versions[0] ?? 0, look > 0)
      const version = (await store.documents.get(key))?.version ?? 0
      if (version !== seen.version) seen = { version, since: performance.now() }
      if (version !== 0) await pause(LOOK_MS[Math.min(look, LOOK_MS.length - 1)])
    }
    throw new AppError('store-conflict', {
      detail: 'Other processes kept the conversation busy while a message waited for its turn.',
      remedy: 'Send the message again.',
    })
  }

  /** Hands back whatever is still held when the process ends. */
  async handBack(): Promise<void> {
    await Promise.all([...this.#held].map((lease) => lease.release()))
  }

  #lease(key: string, version: number, waited: boolean): Lease {
    const fence = [{ key, expected: version, value: undefined }]
    const lease: Lease = {
      waited,
      fence,
      handedBack: () => void this.#held.delete(lease),
      release: async () => {
        if (!this.#held.delete(lease)) return
        // Not ours any more, or a store that is away: it is taken over when it has stood still.
        await this.#options.store.documents.put(fence).catch(() => undefined)
      },
    }
    this.#held.add(lease)
    return lease
  }
}
