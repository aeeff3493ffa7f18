import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { ClaimedItem, Json, Store } from '../store/port.ts'

/** Work that was given up, as an operator sees it. Holds ids only, as the queues do. */
export interface DeadLetter {
  readonly id: string
  readonly queue: string
  /** The item as it stood in its queue. */
  readonly item: { readonly id: string; readonly value: Json }
  readonly attempts: number
  /** Why the last attempt failed. Only what this program itself says: other errors may quote a person. */
  readonly error: string
  /** ISO time of giving up. */
  readonly at: string
}

const LOG = 'dead-letters'
const PAGE = 500
const letterSchema = z.object({
  queue: z.string(),
  item: z.object({ id: z.string(), value: z.json() }),
  attempts: z.number(),
  error: z.string(),
  at: z.string(),
})
const entrySchema = z.union([letterSchema, z.object({ settled: z.string() })])

/**
 * What the due-time queues gave up: a log to which a letter is added, and a line when it is settled. What is open
 * follows from it; each reader goes on from where it was.
 */
export class DeadLetters {
  readonly #store: Store
  readonly #open = new Map<string, DeadLetter>()
  #read = 0

  constructor(store: Store) {
    this.#store = store
  }

  /** Takes the item of a queue out of circulation; for `DueWorkerOptions.onDead`. */
  receiver(queue: string, clock: () => Date): (item: ClaimedItem, error: unknown) => Promise<void> {
    return async ({ id, value, attempts, receipt }, error) => {
      const letter = {
        queue,
        item: { id, value },
        attempts,
        error: reason(error),
        at: clock().toISOString(),
      }
      // One claim gives one letter, also where its writing is repeated.
      await this.#store.logs.append(LOG, [{ id: letterId(queue, receipt, id), value: letter }])
    }
  }

  /** Those not settled yet, the oldest first. */
  async open(): Promise<readonly DeadLetter[]> {
    for (;;) {
      const page = await this.#store.logs.read(LOG, this.#read, PAGE)
      for (const { sequence, id, value } of page) {
        const entry = entrySchema.parse(value)
        if ('settled' in entry) this.#open.delete(entry.settled)
        else this.#open.set(id, { id, ...entry })
        this.#read = sequence
      }
      if (page.length < PAGE) return [...this.#open.values()]
    }
  }

  /** Puts the work back into its queue, due now, with all its attempts before it. */
  async retry(id: string, now: Date): Promise<DeadLetter> {
    const letter = await this.#find(id)
    await this.#store.queue(letter.queue).schedule({ ...letter.item, due: now.getTime() })
    await this.#settle(letter)
    return letter
  }

  /** Gives it up for good. */
  async drop(id: string): Promise<DeadLetter> {
    const letter = await this.#find(id)
    await this.#settle(letter)
    return letter
  }

  async #settle({ id }: DeadLetter): Promise<void> {
    await this.#store.logs.append(LOG, [{ id: randomUUID(), value: { settled: id } }])
  }

  async #find(id: string): Promise<DeadLetter> {
    await this.open()
    const letter = this.#open.get(id)
    if (letter) return letter
    throw new AppError('request-invalid', {
      detail: 'There is no open dead letter of this id.',
      remedy: 'List them: npm run dead-letters',
      subject: 'id',
    })
  }
}

function letterId(...claim: readonly string[]): string {
  return createHash('sha256').update(claim.join('\n')).digest('hex').slice(0, 16)
}

function reason(error: unknown): string {
  if (error instanceof AppError) return `${error.code}: ${error.message}`.slice(0, 500)
  if (error instanceof z.ZodError) return 'the stored item cannot be read'
  return error instanceof Error ? error.name : 'unknown'
}
