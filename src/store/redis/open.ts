import type { DueQueue, Store } from '../port.ts'
import { makeClient, makeListener } from './client.ts'
import { type RedisConfig, redisSettings } from './config.ts'
import { RedisDocuments } from './documents.ts'
import { redisFailure } from './failure.ts'
import { RedisGate } from './gate.ts'
import { KeySpace } from './keys.ts'
import { Listener } from './listener.ts'
import { RedisLogs } from './logs.ts'
import { RedisQueue } from './queue.ts'
import { probe } from './rights.ts'
import { checkServers } from './server-check.ts'
import { redisTarget } from './url.ts'

/**
 * Opens the store in a Redis server, a Sentinel group or a Redis Cluster. Any number of processes may share it.
 * @throws AppError `config-invalid` when the address, the user, the certificate or the kind of server is wrong;
 * the code of "does not answer" (see failure.ts) when nothing answers within `timeoutMs`
 */
export async function openRedisStore(config: RedisConfig): Promise<Store> {
  const settings = redisSettings(config)
  const target = redisTarget(settings)
  const gate = new RedisGate(makeClient(target, settings), settings, target.shown)
  const keys = new KeySpace(settings.keyPrefix)
  const listener = new Listener({
    keys,
    shown: target.shown,
    connect: () => makeListener(gate.client, target, settings),
  })
  try {
    await checkServers(gate, keys)
    await probe(gate, keys, { write: false })
    await listener.open()
    return new RedisStore(gate, keys, listener)
  } catch (error) {
    listener.close()
    await gate.close()
    throw redisFailure(target.shown, error)
  }
}

class RedisStore implements Store {
  readonly documents: RedisDocuments
  readonly logs: RedisLogs
  readonly #gate: RedisGate
  readonly #keys: KeySpace
  readonly #listener: Listener
  #closing: Promise<void> | undefined

  constructor(gate: RedisGate, keys: KeySpace, listener: Listener) {
    this.#gate = gate
    this.#keys = keys
    this.#listener = listener
    this.documents = new RedisDocuments(gate, keys)
    this.logs = new RedisLogs(gate, keys, listener)
  }

  queue(name: string): DueQueue {
    return new RedisQueue(this.#gate, this.#keys, name)
  }

  ready(): Promise<void> {
    return probe(this.#gate, this.#keys, { write: true })
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    const closed = this.#gate.close()
    this.#listener.close()
    await closed
  }
}
