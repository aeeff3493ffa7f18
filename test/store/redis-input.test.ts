import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/port.ts'
import type { RedisConfig, StoreWarning } from '../../src/store/redis/config.ts'
import { openRedisStore } from '../../src/store/redis/open.ts'
import {
  type RedisServer,
  freePort,
  redisAvailable,
  startCluster,
  startRedis,
  startSentinel,
} from '../support/redis-server.ts'
import { failure, numbered, putOne } from './helpers.ts'
import { startOldServer } from './redis/old-server.ts'

/** The code of "does not answer" until it has one of its own. */
const UNAVAILABLE = 'store-unavailable'
const quiet = { onWarning: () => undefined }

describe.skipIf(!redisAvailable)('bad input of the Redis store', () => {
  let server: RedisServer
  const opened: Store[] = []
  const open = async (config: Partial<RedisConfig> = {}): Promise<Store> => {
    const store = await openRedisStore({ url: server.url, ...quiet, ...config })
    opened.push(store)
    return store
  }
  const withUser = (user: string): string => `redis://${user}@127.0.0.1:${server.port}`
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close()
    await server.admin.config('SET', 'maxmemory', '0')
    await server.admin.flushall()
  })

  test.each<Partial<RedisConfig>>([
    { url: 'nonsense' },
    { keyPrefix: 'with {braces}' },
    { timeoutMs: 0 },
    { ttlSeconds: { 'case:': -1 } },
    { maxPending: 0.5 },
  ])('a setting that cannot be is refused: %j', async (setting) => {
    const error = await failure('config-invalid', () => open(setting))
    const [name = ''] = Object.keys(setting)
    expect(error.subject).toContain(name === 'url' ? 'REDIS_URL' : name)
  })

  test('a setting that is unknown is refused', async () => {
    const config = { kind: 'redis' as const, url: server.url, timeout: 5 }
    expect((await failure('config-invalid', () => openStore(config))).message).toContain('timeout')
  })

  test('a server that is not there is named, with the cause', async () => {
    const url = `redis://127.0.0.1:${await freePort()}`
    const error = await failure(UNAVAILABLE, () => open({ url, timeoutMs: 300 }))
    expect(error.message).toContain(url)
    expect(error.message).toContain('ECONNREFUSED')
    const forms = [
      url.replace('redis:', 'redis+cluster:'),
      `${url.replace('redis:', 'redis+sentinel:')}/main`,
    ]
    for (const form of forms) {
      expect((await failure(UNAVAILABLE, () => open({ url: form, timeoutMs: 400 }))).message).toContain(
        '127.0.0.1',
      )
    }
  })

  test('a wrong password is said at once, and never shown', async () => {
    await server.admin.call('ACL', 'SETUSER', 'bot', 'on', '>right', '~*', '&*', '+@all')
    const error = await failure('config-invalid', () =>
      open({ url: withUser('bot:wrong-secret'), timeoutMs: 20_000 }),
    )
    expect(error.message).toContain('WRONGPASS')
    expect(JSON.stringify([error.message, error.remedy, error.cause])).not.toContain('wrong-secret')
    await (await open({ url: withUser('bot:right') })).ready()
  })

  test('a missing password is said at once', async () => {
    const guarded = await startRedis({ settings: ['--requirepass', 'right'], password: 'right' })
    try {
      const error = await failure('config-invalid', () => open({ url: guarded.url, timeoutMs: 20_000 }))
      expect(error.message).toContain('NOAUTH')
      await (await open({ url: `redis://:right@127.0.0.1:${guarded.port}` })).ready()
    } finally {
      for (const store of opened.splice(0)) await store.close()
      await guarded.stop()
    }
  })

  test.each([
    ['a command', ['~*', '&*', '+@all', '-xadd'], 'XADD'],
    ['the command to listen', ['~*', '&*', '+@all', '-subscribe'], 'subscribe'],
    ['the channels', ['~*', 'resetchannels', '+@all'], 'PUBLISH'],
    ['the keys', ['~other:*', '&*', '+@all'], 'key'],
    ['to see the version', ['~*', '&*', '+@all', '-info'], 'info'],
    ['to run scripts', ['~*', '&*', '+@all', '-@scripting'], 'eval'],
  ])('a user who lacks %s is refused, by name', async (_, rights, named) => {
    await server.admin.call('ACL', 'SETUSER', 'limited', 'reset', 'on', '>p', ...rights)
    const error = await failure('config-invalid', () =>
      open({ url: withUser('limited:p'), timeoutMs: 20_000 }),
    )
    expect(error.message.toLowerCase()).toContain(named.toLowerCase())
    expect(error.remedy).toContain('docs/redis.md')
  })

  test('the rights of docs/redis.md are enough', async () => {
    await server.admin.call('ACL', 'SETUSER', 'least', 'reset', 'on', '>p', '~icp:*', '&icp:*', ...LEAST)
    const store = await open({ url: withUser('least:p'), ttlSeconds: { '': 60 } })
    await store.ready()
    const version = await putOne(store.documents, 'case:a', 0, 1)
    await putOne(store.documents, 'case:a', version, undefined)
    await store.logs.append('log', numbered(1, 1))
    await store.logs.remove('log')
    await store.queue('q').schedule({ id: 'a', due: 1, value: 1 })
    const [item] = await store.queue('q').claim(1, 1, 1)
    expect(await store.queue('q').done('a', item!.receipt)).toBe(true)
  })

  test('a right taken away while running: nothing is half written', async () => {
    await server.admin.call('ACL', 'SETUSER', 'later', 'reset', 'on', '>p', '~*', '&*', '+@all')
    const store = await open({ url: withUser('later:p') })
    const version = await putOne(store.documents, 'b:x', 0, 1)
    await server.admin.call('ACL', 'SETUSER', 'later', '-del', '-hset', '-zadd')
    await failure('config-invalid', () =>
      store.documents.put([
        { key: 'a:x', expected: 0, value: 1 },
        { key: 'b:x', expected: version, value: undefined },
      ]),
    )
    await failure('config-invalid', () => store.logs.append('log', numbered(1, 1)))
    await failure('config-invalid', () => store.queue('q').schedule({ id: 'a', due: 1, value: 1 }))
    expect(await store.documents.getMany(['a:x', 'b:x'])).toEqual([undefined, { value: 1, version }])
    expect(await store.logs.read('log', 0)).toEqual([])
    await server.admin.call('ACL', 'SETUSER', 'later', '+@all')
    expect(await store.queue('q').claim(10, 10, 10)).toEqual([])
  })

  test('a replica is refused', async () => {
    const replica = await startRedis({ settings: ['--replicaof', `127.0.0.1 ${server.port}`] })
    try {
      expect((await failure('config-invalid', () => open({ url: replica.url }))).message).toContain('replica')
    } finally {
      await replica.stop()
    }
  })

  test('a server that is too old is refused, with both versions', async () => {
    const old = await startOldServer()
    const error = await failure('config-invalid', () => open({ url: old.url }))
    expect(error.message).toContain('5.0.14')
    expect(error.message).toContain('7.0')
    await old.stop()
  })

  test('a full server refuses writes, keeps nothing by halves, can be emptied, and goes on', async () => {
    const store = await open()
    const old = await putOne(store.documents, 'old:x', 0, 'x'.repeat(100_000))
    await server.admin.config('SET', 'maxmemory', '1')
    await failure('store-full', () => store.ready())
    await failure('store-full', () =>
      store.documents.put([
        { key: 'new:x', expected: 0, value: 1 },
        { key: 'old:x', expected: old, value: undefined },
      ]),
    )
    await failure('store-full', () => store.logs.append('log', numbered(1, 3)))
    await failure('store-full', () => store.queue('q').schedule({ id: 'a', due: 1, value: 1 }))
    expect(await store.documents.getMany(['new:x', 'old:x'])).toMatchObject([undefined, { version: old }])
    expect(await store.logs.last('log')).toBe(0)
    expect(await store.queue('q').claim(10, 10, 10)).toEqual([])
    expect((await open()).documents).toBeDefined()
    await putOne(store.documents, 'old:x', old, undefined)
    await server.admin.config('SET', 'maxmemory', '0')
    await store.ready()
    expect(await store.logs.append('log', numbered(1, 3))).toEqual([1, 2, 3])
  })

  test('warns where Redis itself would lose data, and not where it would not', async () => {
    const warnings: StoreWarning[] = []
    const onWarning = (warning: StoreWarning) => void warnings.push(warning)
    await open({ onWarning })
    expect(warnings).toEqual([])
    const forgetful = await startRedis({
      settings: ['--appendonly', 'no', '--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru'],
    })
    await open({ url: forgetful.url, onWarning })
    expect(warnings.map(({ remedy }) => remedy)).toEqual([
      expect.stringContaining('appendonly yes'),
      expect.stringContaining('noeviction'),
    ])
    for (const store of opened.splice(0)) await store.close()
    await forgetful.stop()
  })

  test('data of another format is refused', async () => {
    await (await open()).close()
    await server.admin.set('icp:{0}:format', '2')
    expect((await failure('config-invalid', () => open())).message).toContain('format 2')
  })

  test('keys that something else wrote are reported, not misread', async () => {
    const store = await open()
    await server.admin.set('icp:{0}:probe', 'x')
    await putOne(store.documents, 'case:a', 0, 1)
    const [name] = await server.admin.keys('icp:*:doc:case:a')
    await server.admin.set(name ?? '', 'garbage')
    await failure('internal', () => store.documents.get('case:a'))
    await server.admin.del(name ?? '')
    await server.admin.lpush(name ?? '', 'a list')
    await failure('internal', () => store.documents.get('case:a'))
    await failure('internal', () => store.documents.put([{ key: 'case:a', expected: 0, value: 1 }]))
  })

  test('a database number that does not exist is said at once', async () => {
    const error = await failure('config-invalid', () =>
      open({ url: `${server.url}/9999`, timeoutMs: 20_000 }),
    )
    expect(error.message).toContain('database')
  })

  test('a cluster and a single server are told apart', async () => {
    const cluster = await startCluster()
    try {
      const one = cluster.url.replace('+cluster', '').split(',')[0] ?? ''
      expect((await failure('config-invalid', () => open({ url: one }))).remedy).toContain('redis+cluster://')
      const wrong = server.url.replace('redis:', 'redis+cluster:')
      const error = await failure('config-invalid', () => open({ url: wrong, timeoutMs: 20_000 }))
      expect(error.message).toContain('is no cluster')
    } finally {
      await cluster.stop()
    }
  })

  test('a name that Sentinel does not know is said', async () => {
    const group = await startSentinel()
    try {
      await (await open({ url: group.url })).ready()
      const url = group.url.replace('/main', '/other')
      expect((await failure(UNAVAILABLE, () => open({ url, timeoutMs: 1000 }))).message).toContain('other')
    } finally {
      for (const store of opened.splice(0)) await store.close()
      await group.stop()
    }
  })
})

/** As docs/redis.md lists them. */
const LEAST = (
  '+info +ping +hello +auth +client|setname +select +cluster|slots +cluster|info ' +
  '+eval +evalsha +get +mget +getrange +set +incrby +del +unlink +exists +pexpire ' +
  '+xadd +xlen +xrange +hget +hset +hdel +zadd +zrem +zrangebyscore +publish +subscribe +unsubscribe'
).split(' ')
