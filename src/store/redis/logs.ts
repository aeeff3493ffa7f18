import { z } from 'zod'
import { checkKey, checkWhole, toJson } from '../checks.ts'
import type { LogEntry, Logs, NewEntry } from '../port.ts'
import { tagOf } from '../tags.ts'
import { ttlOf } from './config.ts'
import type { RedisGate } from './gate.ts'
import type { KeySpace } from './keys.ts'
import type { Listener } from './listener.ts'
import { entriesReply, toLogEntry } from './log-entries.ts'
import { APPEND } from './log-scripts.ts'
import { step } from './once.ts'
import { parseReply } from './reply.ts'
import { tailLog } from './tail.ts'

const DEFAULT_LIMIT = 1000

/** Append-only logs. What lies in Redis is described in log-scripts.ts. */
export class RedisLogs implements Logs {
  readonly #gate: RedisGate
  readonly #keys: KeySpace
  readonly #listener: Listener

  constructor(gate: RedisGate, keys: KeySpace, listener: Listener) {
    this.#gate = gate
    this.#keys = keys
    this.#listener = listener
  }

  async append(log: string, entries: readonly NewEntry[]): Promise<readonly number[]> {
    checkKey('log', log)
    const args = entries.flatMap(({ id, value }) => [checkKey('entry id', id), toJson('entry value', value)])
    this.#gate.assertOpen()
    if (args.length === 0) return []
    const reply = await this.#gate.script(
      APPEND,
      [this.#keys.log(log), this.#keys.ids(log), this.#keys.counter(tagOf(log))],
      [step(), ttlOf(this.#gate.settings, log), this.#keys.bell(log), ...args],
    )
    return parseReply(z.array(z.number()), reply)
  }

  async read(log: string, after: number, limit = DEFAULT_LIMIT): Promise<readonly LogEntry[]> {
    const stream = this.#keys.log(checkKey('log', log))
    checkWhole('watermark', after)
    checkWhole('limit', limit)
    this.#gate.assertOpen()
    if (limit === 0) return []
    const reply = await this.#gate.run((client) => client.xrange(stream, `(${after}`, '+', 'COUNT', limit))
    return parseReply(entriesReply, reply).map(toLogEntry)
  }

  async last(log: string): Promise<number> {
    const stream = this.#keys.log(checkKey('log', log))
    return this.#gate.run((client) => client.xlen(stream))
  }

  tail(log: string, after: number, signal: AbortSignal): AsyncIterable<LogEntry> {
    return tailLog({ gate: this.#gate, keys: this.#keys, listener: this.#listener, log, after, signal })
  }

  async remove(log: string): Promise<void> {
    checkKey('log', log)
    await this.#gate.run((client) => client.unlink(this.#keys.log(log), this.#keys.ids(log)))
  }
}
