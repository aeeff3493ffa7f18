import { checkKey, checkWhole, toJson } from '../checks.ts'
import type { LogEntry, Logs, NewEntry } from '../port.ts'
import { Bells } from './bells.ts'
import type { LmdbDatabase } from './database.ts'
import { afterPrefix, joinKeys, numberKey, textKey } from './keys.ts'
import { type LogHead, readHead, readPage } from './log-records.ts'
import { record, wholeNumber } from './record.ts'
import { tailLog } from './tail.ts'

const DEFAULT_LIMIT = 1000

/** Append-only logs. The records are described in log-records.ts. */
export class EmbeddedLogs implements Logs {
  readonly #database: LmdbDatabase
  readonly #bells = new Bells()

  constructor(database: LmdbDatabase) {
    this.#database = database
  }

  async append(log: string, entries: readonly NewEntry[]): Promise<readonly number[]> {
    const name = textKey(checkKey('log', log))
    const prepared = entries.map(({ id, value }) => ({
      id: checkKey('entry id', id),
      json: toJson('entry value', value),
    }))
    if (prepared.length === 0) {
      this.#database.assertOpen()
      return []
    }
    const sequences = await this.#database.write(() => this.#append(name, prepared))
    this.#bells.ring(log)
    return sequences
  }

  #append(name: Buffer, fresh: readonly { id: string; json: string }[]): readonly number[] {
    const { logs, entries, entryIds } = this.#database
    const head: LogHead = readHead(this.#database, name) ?? {
      generation: this.#database.takeNumbers(1),
      last: 0,
    }
    const prefix = numberKey(head.generation)
    let last = head.last
    const sequences = fresh.map(({ id, json }) => {
      const idKey = joinKeys(prefix, textKey(id))
      // Reads inside the transaction see its own writes: an id twice in one call is found here as well.
      const known = entryIds.get(idKey)
      if (known !== undefined) return wholeNumber(known)
      last += 1
      void entryIds.put(idKey, String(last))
      void entries.put(joinKeys(prefix, numberKey(last)), record(JSON.stringify(id), json))
      return last
    })
    if (last > head.last) void logs.put(name, record(head.generation, last))
    return sequences
  }

  async read(log: string, after: number, limit = DEFAULT_LIMIT): Promise<readonly LogEntry[]> {
    const name = textKey(checkKey('log', log))
    checkWhole('watermark', after)
    checkWhole('limit', limit)
    return this.#database.read(() => {
      const head = readHead(this.#database, name)
      return head === undefined ? [] : readPage(this.#database, head, { after, limit })
    })
  }

  async last(log: string): Promise<number> {
    const name = textKey(checkKey('log', log))
    return this.#database.read(() => readHead(this.#database, name)?.last ?? 0)
  }

  tail(log: string, after: number, signal: AbortSignal): AsyncIterable<LogEntry> {
    return tailLog({ database: this.#database, bells: this.#bells, log, after, signal })
  }

  async remove(log: string): Promise<void> {
    const name = textKey(checkKey('log', log))
    await this.#database.write(() => {
      const { logs, entries, entryIds } = this.#database
      const head = readHead(this.#database, name)
      if (head === undefined) return
      const prefix = numberKey(head.generation)
      for (const table of [entries, entryIds]) {
        // All keys first: a cursor must not walk over what is being removed.
        const keys = [...table.getKeys({ start: prefix, end: afterPrefix(prefix) })]
        for (const key of keys) void table.remove(key)
      }
      void logs.remove(name)
    })
  }

  /** Ends every tail; the store is closed by then, so they find no more to read. */
  close(): void {
    this.#bells.ringAll()
  }
}
