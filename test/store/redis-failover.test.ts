import { afterEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/store/port.ts'
import { openRedisStore } from '../../src/store/redis/open.ts'
import {
  type RedisGroup,
  type RedisServer,
  redisAvailable,
  startCluster,
  startSentinel,
  until,
} from '../support/redis-server.ts'
import { failure, putOne, range } from './helpers.ts'
import { checkLoad, startLoad } from './redis/load.ts'

/** The code of "does not answer" until it has one of its own. */
const UNAVAILABLE = 'store-unavailable'
const MINUTE = 60_000

describe.skipIf(!redisAvailable)('Redis store, when a server falls and another takes over', () => {
  const opened: Store[] = []
  let group: RedisGroup | undefined
  const open = async (timeoutMs = 30_000): Promise<Store> => {
    const store = await openRedisStore({ url: group?.url ?? '', timeoutMs, onWarning: () => undefined })
    opened.push(store)
    return store
  }
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close()
    await group?.stop()
  })

  /** Nothing new is written while `fall` runs, so that what was acknowledged has reached the replicas. */
  const throughFailover = async (
    primaries: readonly RedisServer[],
    fall: () => Promise<void>,
  ): Promise<void> => {
    const [writer, reader] = [await open(), await open()]
    const load = startLoad(writer, reader)
    await load.reaches(20)
    const release = await load.pause()
    for (const primary of primaries) await until(() => isReplicated(primary))
    await fall()
    release()
    await load.reaches(load.rounds() + 20)
    await load.stop()
    await checkLoad(load, await open())
  }

  test(
    'Sentinel: writers and tails go on at the promoted replica, nothing lost or doubled',
    async () => {
      group = await startSentinel()
      const [primary] = group.servers
      await throughFailover([primary!], () => primary!.kill())
    },
    MINUTE,
  )

  test(
    'Sentinel: the old primary comes back, still thinks it is one, and nobody writes to it',
    async () => {
      group = await startSentinel()
      const [primary, replica, sentinel] = group.servers
      await throughFailover([primary!], async () => {
        await primary!.kill()
        await until(async () => {
          const address = await sentinel!.admin.call('SENTINEL', 'get-master-addr-by-name', 'main')
          return String(address) === `127.0.0.1,${replica!.port}`
        })
        await primary!.start()
      })
      // Sentinel may take its time to make it a replica. What it replicates arrives without scripts; ours are scripts.
      expect(await primary!.admin.info('commandstats')).not.toContain('evalsha')
      expect(await replica!.admin.info('commandstats')).toContain('evalsha')
    },
    MINUTE,
  )

  test(
    'Cluster: writers and tails go on at the promoted replica, nothing lost or doubled',
    async () => {
      group = await startCluster({ replicas: true })
      const primaries = group.servers.slice(0, 3)
      // Each in turn would take long; the one that holds the log and the shared document is enough.
      const holder = await holderOf(primaries, 'log')
      await throughFailover(primaries, () => holder.kill())
    },
    MINUTE,
  )

  test(
    'Cluster without replicas: the other slots go on, the lost ones say so, and come back with their server',
    async () => {
      group = await startCluster()
      const store = await open()
      const brief = await open(1_500)
      const versions = new Map<string, number>()
      for (const n of range(1, 30))
        versions.set(`case:${n}`, await putOne(store.documents, `case:${n}`, 0, n))
      const [first] = group.servers
      await first!.kill()
      const outcomes = await Promise.all(
        range(1, 30).map((n) =>
          brief.documents.get(`case:${n}`).then(
            (document) => document?.value === n,
            (error: unknown) => failure(UNAVAILABLE, () => Promise.reject(error as Error)).then(() => 'lost'),
          ),
        ),
      )
      expect(new Set(outcomes)).toEqual(new Set([true, 'lost']))
      const living = range(1, 30).find((n) => outcomes[n - 1] === true) ?? 0
      await putOne(brief.documents, `case:${living}`, versions.get(`case:${living}`) ?? 0, 'written')
      await failure(UNAVAILABLE, () => brief.ready())
      await first!.start()
      await until(() =>
        brief.ready().then(
          () => true,
          () => false,
        ),
      )
      const found = await store.documents.getMany(range(1, 30).map((n) => `case:${n}`))
      expect(found.map((document) => document?.value)).toEqual(
        range(1, 30).map((n) => (n === living ? 'written' : n)),
      )
    },
    MINUTE,
  )
})

/** Whether the replica has all the primary has. WAIT would not tell: it looks at the writes of its own connection. */
async function isReplicated(primary: RedisServer): Promise<boolean> {
  const info = await primary.admin.info('replication')
  const offset = /^master_repl_offset:(\d+)/m.exec(info)?.[1]
  return offset !== undefined && /^slave0:.*offset=(\d+)/m.exec(info)?.[1] === offset
}

/** The server that holds the keys of a log. */
async function holderOf(servers: readonly RedisServer[], log: string): Promise<RedisServer> {
  const store = await openRedisStore({
    url: `redis+cluster://127.0.0.1:${servers[0]!.port}`,
    onWarning: () => undefined,
  })
  await store.logs.append(log, [{ id: 'find me', value: null }])
  const found = await Promise.all(servers.map((server) => server.admin.keys(`icp:*:log:${log}`)))
  await store.logs.remove(log)
  await store.close()
  return servers[found.findIndex((names) => names.length > 0)]!
}
