import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { Json, Store, Write } from '../store/port.ts'
import { changeDocument } from './change-document.ts'
import { leaseKey, waitingKey } from './keys.ts'

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
  /**
   * A lease that has not moved for so long, by the clock of who waits, is taken over; who is first in the line and does
   * not take a free lease for so long loses the place.
   */
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
 * with the turn. Who cannot have the lease at once stands in a line in the store, and the first in it is next.
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
    if (this.#options.alone()) return undefined
    // Nobody who waits is overtaken: the line has to be empty in the very write that takes the lease.
    const free = { lease: 0, line: { version: 0, tickets: [] } }
    return (await this.#try(caseId, free, [])) ?? this.#wait(caseId)
  }

  async #wait(caseId: string): Promise<Lease> {
    const { store, holdMs = HOLD_MS, waitMs = WAIT_MS } = this.#options
    const ticket = randomUUID()
    const start = performance.now()
    const standing = new Standing()
    try {
      await changeLine(store, caseId, (tickets) => [...tickets, ticket])
      for (let look = 0; performance.now() - start < waitMs; look += 1) {
        const seen = await this.#look(caseId)
        const place = seen.line.tickets.indexOf(ticket)
        const stoodMs = standing.of(seen)
        if (place < 0) {
          // Taken for dead by those behind.
          await changeLine(store, caseId, (tickets) => [...tickets, ticket])
        } else if (place === 0 && (seen.lease === 0 || stoodMs >= holdMs)) {
          const lease = await this.#try(caseId, seen, seen.line.tickets.slice(1), true)
          if (lease) return lease
        } else {
          // Who is first has had the time to take a free lease, or one that stands still, and did not.
          if (place > 0 && stoodMs >= (seen.lease === 0 ? holdMs : 2 * holdMs))
            await changeLine(store, caseId, without(seen.line.tickets[0]))
          await pause(LOOK_MS[Math.min(look, LOOK_MS.length - 1)])
        }
      }
    } catch (error) {
      await changeLine(store, caseId, without(ticket)).catch(() => undefined)
      throw error
    }
    await changeLine(store, caseId, without(ticket))
    throw new AppError('store-conflict', {
      detail: 'Other processes kept the conversation busy while a message waited for its turn.',
      remedy: 'Send the message again.',
    })
  }

  /** Takes the lease, and leaves `rest` waiting, unless lease or line has changed since they were seen. */
  async #try(
    caseId: string,
    seen: Seen,
    rest: readonly string[],
    waited = false,
  ): Promise<Lease | undefined> {
    const { store, owner } = this.#options
    const key = leaseKey(caseId)
    const taken = await store.documents.put([
      { key, expected: seen.lease, value: { owner } },
      { key: waitingKey(caseId), expected: seen.line.version, value: rest.length === 0 ? undefined : rest },
    ])
    return taken.ok ? this.#lease(key, taken.versions[0] ?? 0, waited) : undefined
  }

  async #look(caseId: string): Promise<Seen> {
    const keys = [leaseKey(caseId), waitingKey(caseId)]
    const [lease, line] = await this.#options.store.documents.getMany(keys)
    return {
      lease: lease?.version ?? 0,
      line: { version: line?.version ?? 0, tickets: readLine(line?.value) },
    }
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

interface Seen {
  /** Version; 0 where it is free. */
  readonly lease: number
  readonly line: { readonly version: number; readonly tickets: readonly string[] }
}

/** For how long nothing has moved: neither the lease nor who is first in the line. By the clock of who looks. */
class Standing {
  #key = ''
  #since = 0

  of({ lease, line }: Seen): number {
    const now = performance.now()
    const key = `${lease} ${line.tickets[0] ?? ''}`
    if (key !== this.#key) {
      this.#key = key
      this.#since = now
    }
    return now - this.#since
  }
}

const lineSchema = z.array(z.string())
const readLine = (value: Json | undefined): readonly string[] => lineSchema.parse(value ?? [])

async function changeLine(
  store: Store,
  caseId: string,
  change: (tickets: readonly string[]) => readonly string[],
): Promise<void> {
  await changeDocument(store, waitingKey(caseId), (value) => {
    const tickets = change(readLine(value))
    return tickets.length === 0 ? undefined : tickets
  })
}

function without(ticket: string | undefined): (tickets: readonly string[]) => readonly string[] {
  return (tickets) => tickets.filter((other) => other !== ticket)
}
