import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { checkKey, checkWhole, fromJson, toJson } from '../checks.ts'
import type { ClaimedItem, DueItem, DueQueue } from '../port.ts'
import { tagOf } from '../tags.ts'
import type { RedisGate } from './gate.ts'
import type { KeySpace } from './keys.ts'
import { newNonce, onceMs } from './once.ts'
import { CANCEL, CLAIM, DONE, RELEASE, SCHEDULE } from './queue-scripts.ts'
import { parseReply, wholeNumber } from './reply.ts'
import type { Script } from './script.ts'

const flagReply = z.union([z.literal(0), z.literal(1)])
const claimReply = z.array(z.tuple([z.string(), z.string(), z.string(), z.string()]))

/**
 * A due-time queue; what lies in Redis is described in queue-scripts.ts. A receipt is valid until the next claim of
 * its item, also when the lease is over: work finished late is still finished, unless somebody else has begun it
 * again.
 */
export class RedisQueue implements DueQueue {
  readonly #gate: RedisGate
  readonly #keys: KeySpace
  readonly #name: string

  constructor(gate: RedisGate, keys: KeySpace, name: string) {
    this.#gate = gate
    this.#keys = keys
    this.#name = checkKey('queue', name)
  }

  async schedule({ id, due, value }: DueItem): Promise<void> {
    checkKey('item id', id)
    checkWhole('due time', due)
    await this.#once(SCHEDULE, [id, due, toJson('item value', value)])
  }

  async cancel(id: string): Promise<boolean> {
    return this.#once(CANCEL, [checkKey('item id', id)])
  }

  async claim(now: number, limit: number, leaseMs: number): Promise<readonly ClaimedItem[]> {
    checkWhole('time', now)
    checkWhole('limit', limit)
    const visible = checkWhole('end of the lease', now + checkWhole('lease', leaseMs))
    this.#gate.assertOpen()
    if (limit === 0) return []
    const receipt = randomUUID()
    const keys = [this.#keys.items(this.#name), this.#keys.due(this.#name)]
    const reply = await this.#gate.script(CLAIM, keys, [now, limit, visible, receipt])
    return parseReply(claimReply, reply)
      .map(([id, due, json, attempts]) => ({
        id,
        due: wholeNumber(due),
        value: fromJson(json),
        receipt,
        attempts: wholeNumber(attempts),
      }))
      .sort((one, other) => one.due - other.due)
  }

  async done(id: string, receipt: string): Promise<boolean> {
    return this.#once(DONE, [checkKey('item id', id), receipt])
  }

  async release(id: string, receipt: string, due: number): Promise<boolean> {
    return this.#once(RELEASE, [checkKey('item id', id), receipt, checkWhole('due time', due)])
  }

  async #once(script: Script, args: readonly (string | number)[]): Promise<boolean> {
    const keys = [
      this.#keys.once(tagOf(this.#name), newNonce()),
      this.#keys.items(this.#name),
      this.#keys.due(this.#name),
    ]
    const reply = await this.#gate.script(script, keys, [onceMs(this.#gate.settings), ...args])
    return parseReply(flagReply, reply) === 1
  }
}
