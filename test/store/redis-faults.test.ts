import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../src/store/port.ts'
import type { RedisConfig } from '../../src/store/redis/config.ts'
import { openRedisStore } from '../../src/store/redis/open.ts'
import { type RedisServer, redisAvailable, startRedis } from '../support/redis-server.ts'
import { failure, numbered, putOne, range, take } from './helpers.ts'
import { type Load, checkLoad, startLoad } from './redis/load.ts'
import { startProxy } from './redis/proxy.ts'

/** The code of "does not answer" until it has one of its own. */
const UNAVAILABLE = 'store-unavailable'
const never = new AbortController().signal

describe.skipIf(!redisAvailable)('Redis store, when things break', () => {
  let server: RedisServer
  const opened: Store[] = []
  const open = async (config: Partial<RedisConfig> = {}): Promise<Store> => {
    const store = await openRedisStore({
      url: server.url,
      timeoutMs: 15_000,
      onWarning: () => undefined,
      ...config,
    })
    opened.push(store)
    return store
  }
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close()
    await server.admin.flushall()
  })

  /** Lets a load run while `fault` does its worst, then some more, and compares what was promised with what is. */
  async function underLoad(fault: (load: Load) => Promise<void>): Promise<void> {
    const [writer, reader] = [await open(), await open()]
    const load = startLoad(writer, reader)
    await load.reaches(20)
    await fault(load)
    await load.reaches(load.rounds() + 20)
    await load.stop()
    await checkLoad(load, await open())
  }

  test('kill -9 and a restart lose no acknowledged write and double none', async () => {
    await underLoad(async (load) => {
      for (const pause of [0, 30, 90]) {
        await load.reaches(load.rounds() + 10)
        await sleep(pause)
        await server.kill()
        await sleep(pause)
        await server.start()
      }
    })
  })

  test('cut connections lose, double and reorder nothing', async () => {
    await underLoad(async (load) => {
      for (let cut = 0; cut < 25; cut += 1) {
        await load.reaches(load.rounds() + 2)
        await server.admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
        await server.admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
      }
    })
  })

  test('a pause shorter than the time limit is only waited for', async () => {
    await underLoad(async () => {
      await server.admin.client('PAUSE', '400', 'ALL')
      server.freeze()
      await sleep(300)
      server.thaw()
    })
  })

  test('a server that does not answer: an error in time that says so, then recovery', async () => {
    const store = await open({ timeoutMs: 300 })
    const version = await putOne(store.documents, 'case:a', 0, 1)
    const taken = take(store.logs.tail('log', 0, never), 2)
    await store.logs.append('log', numbered(1, 1))
    server.freeze()
    const error = await failure(UNAVAILABLE, () =>
      store.documents.put([{ key: 'case:a', expected: version, value: 2 }]),
    )
    expect(error.message).toContain('not known')
    await failure(UNAVAILABLE, () => store.ready())
    server.thaw()
    while ((await store.ready().catch(() => 'not yet')) === 'not yet') await sleep(20)
    expect([1, 2]).toContain((await store.documents.get('case:a'))?.value)
    await store.logs.append('log', numbered(2, 2))
    expect((await taken).map(({ sequence }) => sequence)).toEqual([1, 2])
  })

  test('a server that is gone: calls fail in time, reads too, and only so many wait', async () => {
    const store = await open({ timeoutMs: 400, maxPending: 3 })
    await putOne(store.documents, 'case:a', 0, 1)
    await server.kill()
    const waiting = range(1, 3).map(() => failure(UNAVAILABLE, () => store.documents.get('case:a')))
    const refused = await failure(UNAVAILABLE, () => store.documents.get('case:a'))
    expect(refused.message).toContain('3 calls')
    for (const error of await Promise.all(waiting)) expect(error.message).toContain('Nothing was written')
    await server.start()
    while ((await store.ready().catch(() => 'not yet')) === 'not yet') await sleep(20)
    expect((await store.documents.get('case:a'))?.value).toBe(1)
  })

  test('a server that has lost its scripts gets them again', async () => {
    const store = await open()
    await putOne(store.documents, 'case:a', 0, 1)
    await server.admin.script('FLUSH')
    await putOne(store.documents, 'case:b', 0, 1)
  })

  test('a primary that becomes a replica: refused meanwhile, and found again', async () => {
    const other = await startRedis()
    const store = await open()
    const version = await putOne(store.documents, 'case:a', 0, 1)
    await server.admin.replicaof('127.0.0.1', other.port)
    const patient = store.documents.put([{ key: 'case:a', expected: version, value: 2 }])
    const brief = await open({ timeoutMs: 300 }).catch((error: unknown) => error)
    expect(brief).toMatchObject({ code: 'config-invalid' })
    await server.admin.replicaof('NO', 'ONE')
    // What it held was replaced by the other's empty data, or not yet: either is a definite answer.
    expect(await patient.then((result) => typeof result.ok)).toBe('boolean')
    await other.stop()
  })

  test('an answer lost after the work was done: the work is not done twice', async () => {
    const proxy = await startProxy(server.port)
    const store = await open({ url: proxy.url })
    const lose = async <Result>(call: () => Promise<Result>): Promise<Result> => {
      const before = proxy.lost()
      proxy.loseNextAnswer()
      const result = await call()
      expect(proxy.lost()).toBe(before + 1)
      return result
    }
    const queue = store.queue('q')
    // Scripts are known from here on, so that the lost answer is that of the work.
    const version = await putOne(store.documents, 'case:a', 0, 1)
    await store.logs.append('log', numbered(1, 1))
    for (const id of ['one', 'two', 'three']) await queue.schedule({ id, due: 1, value: id })
    expect(await queue.cancel('three')).toBe(true)
    const claimed = await queue.claim(1, 2, 1000)
    expect(await queue.release('none', 'x', 1)).toBe(false)
    expect(await queue.done('none', 'x')).toBe(false)

    const next = await lose(() => putOne(store.documents, 'case:a', version, 2))
    expect(await store.documents.get('case:a')).toEqual({ value: 2, version: next })
    await lose(() => putOne(store.documents, 'case:a', next, undefined))
    expect(await store.documents.get('case:a')).toBeUndefined()
    expect(await lose(() => store.logs.append('log', numbered(1, 3)))).toEqual([1, 2, 3])
    expect(await store.logs.last('log')).toBe(3)
    const [one, two] = claimed
    expect(await lose(() => queue.done(one!.id, one!.receipt))).toBe(true)
    expect(await lose(() => queue.release(two!.id, two!.receipt, 7))).toBe(true)
    expect(await lose(() => queue.cancel(two!.id))).toBe(true)
    await lose(() => queue.schedule({ id: 'four', due: 9, value: 4 }))
    expect(await lose(() => queue.claim(9, 10, 1000))).toEqual([])
    expect(await queue.claim(1009, 10, 1000)).toMatchObject([{ id: 'four', due: 9 }])
    for (const used of opened.splice(0)) await used.close()
    await proxy.stop()
  })
})
