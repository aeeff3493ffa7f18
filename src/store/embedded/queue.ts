import { randomUUID } from 'node:crypto'
import { checkKey, checkWhole, fromJson, toJson } from '../checks.ts'
import type { ClaimedItem, DueItem, DueQueue } from '../port.ts'
import type { LmdbDatabase } from './database.ts'
import { joinKeys, nameKey, numberKey, textKey } from './keys.ts'
import { cut, record, wholeNumber } from './record.ts'

interface StoredItem {
  readonly due: number
  /** `due`, or the end of the lease while claimed. */
  readonly visible: number
  /** Empty while unclaimed. */
  readonly receipt: string
  /** Claims since it was scheduled. */
  readonly attempts: number
  readonly json: string
}

/**
 * A due-time queue:
 * - items: queue, id → `due \n visible \n receipt attempts \n value as JSON`
 * - due: queue, visible, id → `` ordered by time, so that a claim reads only what it takes
 *
 * A receipt is valid until the next claim of its item, also when the lease is over: work finished late is still
 * finished, unless somebody else has begun it again.
 */
export class EmbeddedQueue implements DueQueue {
  readonly #database: LmdbDatabase
  readonly #prefix: Buffer

  constructor(database: LmdbDatabase, name: string) {
    this.#database = database
    this.#prefix = nameKey(checkKey('queue', name))
  }

  async schedule({ id, due, value }: DueItem): Promise<void> {
    const key = this.#itemKey(id)
    checkWhole('due time', due)
    const json = toJson('item value', value)
    await this.#database.write(() => {
      this.#remove(id, key)
      this.#put(id, { due, visible: due, receipt: '', attempts: 0, json })
    })
  }

  async cancel(id: string): Promise<boolean> {
    const key = this.#itemKey(id)
    return this.#database.write(() => this.#remove(id, key) !== undefined)
  }

  async claim(now: number, limit: number, leaseMs: number): Promise<readonly ClaimedItem[]> {
    checkWhole('time', now)
    checkWhole('limit', limit)
    const visible = checkWhole('end of the lease', now + checkWhole('lease', leaseMs))
    // A worker asks every second and mostly in vain: look first, so that asking costs no write to the disk.
    if (this.#database.read(() => this.#visibleIds(now, 1).length) === 0 || limit === 0) return []
    return this.#database.write(() => {
      const claimed = this.#visibleIds(now, limit).flatMap((id) => {
        const item = this.#remove(id, this.#itemKey(id))
        if (item === undefined) return []
        const receipt = randomUUID()
        const attempts = item.attempts + 1
        this.#put(id, { ...item, visible, receipt, attempts })
        return [{ id, due: item.due, value: fromJson(item.json), receipt, attempts }]
      })
      // Chosen by the time they became visible; handed out by the time they were due.
      return claimed.sort((one, other) => one.due - other.due)
    })
  }

  async done(id: string, receipt: string): Promise<boolean> {
    const key = this.#itemKey(id)
    return this.#database.write(() => {
      if (!this.#holds(key, receipt)) return false
      this.#remove(id, key)
      return true
    })
  }

  async release(id: string, receipt: string, due: number): Promise<boolean> {
    const key = this.#itemKey(id)
    checkWhole('due time', due)
    return this.#database.write(() => {
      if (!this.#holds(key, receipt)) return false
      const item = this.#remove(id, key)
      if (item === undefined) return false
      this.#put(id, { ...item, due, visible: due, receipt: '' })
      return true
    })
  }

  #itemKey(id: string): Buffer {
    return joinKeys(this.#prefix, textKey(checkKey('item id', id)))
  }

  #dueKey(visible: number, id: string): Buffer {
    return joinKeys(this.#prefix, numberKey(visible), textKey(id))
  }

  #visibleIds(now: number, limit: number): readonly string[] {
    const start = joinKeys(this.#prefix, numberKey(0))
    const end = joinKeys(this.#prefix, numberKey(now + 1))
    const keys = [...this.#database.due.getKeys({ start, end, limit })]
    return keys.map((key) => Buffer.from(key.subarray(start.length)).toString('utf8'))
  }

  #holds(key: Buffer, receipt: string): boolean {
    const item = this.#find(key)
    return item !== undefined && item.receipt !== '' && item.receipt === receipt
  }

  #find(key: Buffer): StoredItem | undefined {
    const text = this.#database.items.get(key)
    if (text === undefined) return undefined
    const [due, afterDue] = cut(text)
    const [visible, afterVisible] = cut(afterDue)
    const [claim, json] = cut(afterVisible)
    // Items of before attempts were counted have a receipt only.
    const [receipt = '', attempts = '0'] = claim.split(' ')
    return {
      due: wholeNumber(due),
      visible: wholeNumber(visible),
      receipt,
      attempts: wholeNumber(attempts),
      json,
    }
  }

  #put(id: string, { due, visible, receipt, attempts, json }: StoredItem): void {
    void this.#database.items.put(this.#itemKey(id), record(due, visible, `${receipt} ${attempts}`, json))
    void this.#database.due.put(this.#dueKey(visible, id), '')
  }

  #remove(id: string, key: Buffer): StoredItem | undefined {
    const item = this.#find(key)
    if (item === undefined) return undefined
    void this.#database.items.remove(key)
    void this.#database.due.remove(this.#dueKey(item.visible, id))
    return item
  }
}
