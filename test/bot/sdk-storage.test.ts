import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BotState, MemoryStorage, type Storage, TestAdapter, TurnContext } from 'botbuilder'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SdkStorage } from '../../src/bot/sdk-storage.ts'
import { openEmbeddedStore } from '../../src/store/embedded/open.ts'
import type { Store } from '../../src/store/port.ts'
import { openRedisStore } from '../../src/store/redis/open.ts'
import { ODD_NAMES, failure, range } from '../store/helpers.ts'
import {
  type RedisGroup,
  type RedisServer,
  redisAvailable,
  startCluster,
  startRedis,
} from '../support/redis-server.ts'

type Opened = [Store, () => Promise<void>]
const asStorage = (store: Store): Storage => new SdkStorage(store)
const openRedis = async (url: string): Promise<Opened> => [
  await openRedisStore({ url, keyPrefix: `${randomUUID()}:`, onWarning: () => undefined }),
  async () => undefined,
]

storageSuite('the embedded store', async () => {
  const path = await mkdtemp(join(tmpdir(), 'sdk-'))
  return [await openEmbeddedStore({ path }), () => rm(path, { recursive: true })]
})

describe.skipIf(!redisAvailable)('over Redis', () => {
  let server: RedisServer
  let cluster: RedisGroup
  beforeAll(async () => {
    ;[server, cluster] = await Promise.all([startRedis(), startCluster()])
  })
  afterAll(async () => void (await Promise.all([server.stop(), cluster.stop()])))
  storageSuite('one server', () => openRedis(server.url))
  storageSuite('a cluster', () => openRedis(cluster.url))
})

function storageSuite(name: string, open: () => Promise<Opened>): void {
  describe(`SDK storage over ${name}`, () => {
    let store: Store
    let storage: Storage
    let cleanup: () => Promise<void>
    beforeEach(async () => {
      ;[store, cleanup] = await open()
      storage = asStorage(store)
    })
    afterEach(async () => {
      await store.close()
      await cleanup()
    })
    const readOne = async (key: string): Promise<{ eTag: string }> =>
      ((await storage.read([key])) as Record<string, { eTag: string }>)[key]!
    const keysOf = async (...keys: string[]): Promise<string[]> => Object.keys(await storage.read(keys))

    test('unknown keys are not in the result', async () => {
      const items = await storage.read(['unknown', 'constructor', '__proto__'])
      expect(Object.keys(items)).toEqual([])
      expect(items['constructor']).toBeUndefined()
      expect(await keysOf()).toEqual([])
    })

    test.each([null, undefined])('%s in place of keys or changes is rejected', async (nothing) => {
      const missing = nothing as unknown as never
      await failure('request-invalid', () => storage.read(missing))
      await failure('request-invalid', () => storage.write(missing))
      await failure('request-invalid', () => storage.delete(missing))
      await failure('request-invalid', () => storage.write({ key: nothing }))
    })

    test('no changes and no keys are nothing to do', async () => {
      await storage.write({})
      await storage.delete([])
    })

    test('odd keys are keys like any other', async () => {
      const odd = [
        '!@#$%^&*()_+??/\\',
        'a b',
        '../x',
        ...ODD_NAMES.filter((key) => Buffer.byteLength(key) < 400),
      ]
      for (const [index, key] of odd.entries()) {
        await storage.write(Object.fromEntries([[key, { index }]]))
      }
      const items = await storage.read(odd)
      expect(odd.map((key): unknown => (items[key] as { index: number }).index)).toEqual(
        range(0, odd.length - 1),
      )
    })

    test('what is created is read with an eTag, with and without * at first', async () => {
      await storage.write({
        plain: { id: 1 },
        star: { id: 2, eTag: '*' },
        nested: { list: [{ deep: '备案' }] },
      })
      expect(await storage.read(['plain', 'star', 'nested'])).toMatchObject({
        plain: { id: 1, eTag: expect.stringMatching(/^\d+$/) as string },
        star: { id: 2, eTag: expect.stringMatching(/^\d+$/) as string },
        nested: { list: [{ deep: '备案' }] },
      })
    })

    test('an update with the eTag read takes, and changes the eTag', async () => {
      await storage.write({ item: { count: 1 } })
      const item = await readOne('item')
      await storage.write({ item: { ...item, count: 2 } })
      const after = await readOne('item')
      expect(after).toMatchObject({ count: 2 })
      expect(after.eTag).not.toBe(item.eTag)
    })

    test('a stale eTag is a conflict; * and none write in any case', async () => {
      await storage.write({ item: { count: 1 } })
      const stale = await readOne('item')
      await storage.write({ item: { ...stale, count: 2 } })
      await failure('store-conflict', () => storage.write({ item: { ...stale, count: 3 } }))
      await failure('store-conflict', () => storage.write({ item: { count: 3, eTag: 'foreign' } }))
      await failure('request-invalid', () => storage.write({ item: { count: 3, eTag: '' } }))
      expect(await storage.read(['item'])).toMatchObject({ item: { count: 2 } })
      await storage.write({ item: { count: 4, eTag: '*' } })
      await storage.write({ item: { count: 5 } })
      expect(await storage.read(['item'])).toMatchObject({ item: { count: 5 } })
    })

    test('a deleted item is gone; a stale eTag does not bring it back; deleting the unknown does nothing', async () => {
      await storage.write({ item: { count: 1 }, other: { count: 1 } })
      const item = await readOne('item')
      await storage.delete(['item', 'unknown', 'item'])
      expect(await keysOf('item', 'other')).toEqual(['other'])
      await failure('store-conflict', () => storage.write({ item: { ...item } }))
      await storage.delete(['unknown'])
      expect(await keysOf('item')).toEqual([])
    })

    test('a batch with one conflict writes nothing of it', async () => {
      await storage.write({ taken: { count: 1 } })
      const taken = await readOne('taken')
      await storage.write({ taken: { count: 2 } })
      await failure('store-conflict', () =>
        storage.write({ fresh: { a: 1 }, taken: { ...taken }, other: { b: 1 } }),
      )
      expect(await keysOf('fresh', 'taken', 'other')).toEqual(['taken'])
    })

    test('many who write with * at once all succeed', async () => {
      await Promise.all(
        range(1, 15).map((n) => storage.write({ item: { n, eTag: '*' }, [`own-${n}`]: { n } })),
      )
      expect(await keysOf(...range(1, 15).map((n) => `own-${n}`))).toHaveLength(15)
    })

    test('scopes are apart', async () => {
      await new SdkStorage(store, { scope: 'a' }).write({ item: { n: 1 } })
      expect(await new SdkStorage(store, { scope: 'b' }).read(['item'])).toEqual({})
      expect(() => new SdkStorage(store, { scope: '{' })).toThrow()
    })

    test('BotState of the SDK keeps its state in it, as in its own storage', async () => {
      for (const used of [new MemoryStorage(), storage]) {
        const count = async (): Promise<unknown> => {
          const state = new BotState(used, async () => 'emulator/conversations/a:b{c}/')
          const property = state.createProperty<number>('count')
          const context = new TurnContext(new TestAdapter(async () => undefined), { type: 'message' })
          await property.set(context, ((await property.get(context, 0)) ?? 0) + 1)
          await state.saveChanges(context)
          return property.get(context)
        }
        expect([await count(), await count()]).toEqual([1, 2])
      }
    })
  })
}
