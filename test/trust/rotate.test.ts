import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { rewriteEmbedded } from '../../src/store/embedded/rewrite.ts'
import { dumpEmbedded } from '../../src/store/embedded/dump.ts'
import { openEmbeddedStore } from '../../src/store/embedded/open.ts'
import { openRedisStore } from '../../src/store/redis/open.ts'
import { rewriteRedis } from '../../src/store/redis/rewrite.ts'
import type { Change, Rewritten } from '../../src/store/rewrite.ts'
import { transfer } from '../../src/store/transfer.ts'
import type { Store } from '../../src/store/port.ts'
import { sealStore } from '../../src/trust/sealed-store.ts'
import { Inspection, renewal } from '../../src/trust/walk.ts'
import { redisAvailable, startRedis } from '../support/redis-server.ts'
import { keyring } from './support.ts'

interface Subject {
  readonly open: () => Promise<Store>
  readonly rewrite: (change: Change) => Promise<Rewritten>
}

const RECORDS = 6 + 4 + 2

/** Half of it from before there was sealing. */
async function fill(store: Store): Promise<void> {
  for (const [each, half] of [
    [store, 'plain'],
    [sealStore(store, keyring('one')), 'sealed'],
  ] as const) {
    for (let at = 0; at < 3; at += 1)
      await each.documents.put([{ key: `case:{${half}${at}}`, expected: 0, value: { name: '金丝雀', at } }])
    await each.logs.append(`dl:log:${half}`, [
      { id: 'a', value: 'first' },
      { id: 'b', value: { text: 'second' } },
    ])
    await each.queue(half).schedule({ id: 'x', due: 5, value: { to: '金丝雀' } })
  }
}

async function expectAll(store: Store): Promise<void> {
  for (const half of ['plain', 'sealed']) {
    for (let at = 0; at < 3; at += 1)
      expect((await store.documents.get(`case:{${half}${at}}`))?.value).toEqual({ name: '金丝雀', at })
    expect(await store.logs.read(`dl:log:${half}`, 0)).toEqual([
      { sequence: 1, id: 'a', value: 'first' },
      { sequence: 2, id: 'b', value: { text: 'second' } },
    ])
    const [item] = await store.queue(half).claim(10, 1, 0)
    expect(item).toMatchObject({ id: 'x', due: 5, value: { to: '金丝雀' } })
  }
}

function rotation(name: string, open: () => Promise<Subject>): void {
  describe(`rotating the master key in ${name}`, () => {
    it('puts everything under the new key, in place, and needs the old one no more', async () => {
      const { open: openStore, rewrite } = await open()
      const before = await openStore()
      await fill(before)
      const version = (await before.documents.get('case:{plain0}'))?.version
      await before.close()
      expect(await rewrite(renewal(keyring('two', 'one')))).toEqual({ seen: RECORDS, changed: RECORDS })
      expect(await rewrite(renewal(keyring('two', 'one')))).toEqual({ seen: RECORDS, changed: 0 })
      const inspection = new Inspection(keyring('two'))
      await rewrite(inspection.look)
      expect(inspection.sound).toBe(true)
      const raw = await openStore()
      expect((await raw.documents.get('case:{plain0}'))?.version).toBe(version)
      const after = sealStore(raw, keyring('two'))
      await expectAll(after)
      expect(
        await after.logs.append('dl:log:plain', [
          { id: 'b', value: 'again' },
          { id: 'c', value: 3 },
        ]),
      ).toEqual([2, 3])
      await raw.close()
    })

    it('goes on where it was broken off', async () => {
      const { open: openStore, rewrite } = await open()
      const before = await openStore()
      await fill(before)
      await before.close()
      const renew = renewal(keyring('two', 'one'))
      let left = 5
      const dying: Change = (place, value) => {
        left -= 1
        if (left < 0) throw new Error('the power is gone')
        return renew(place, value)
      }
      await expect(rewrite(dying)).rejects.toThrow()
      await rewrite(renewal(keyring('two', 'one')))
      const raw = await openStore()
      await expectAll(sealStore(raw, keyring('two')))
      await raw.close()
    })

    it('says what is not sealed, and what does not open', async () => {
      const { open: openStore, rewrite } = await open()
      const before = await openStore()
      await fill(before)
      await before.close()
      const inspection = new Inspection(keyring('two'))
      await rewrite(inspection.look)
      expect(inspection.sound).toBe(false)
      expect(inspection.report()).toContain('6 not sealed')
      expect(inspection.report()).toContain('6 that do not open')
    })
  })
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'icp-rotate-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

rotation('a folder', async () => {
  const path = await folder()
  return { open: () => openEmbeddedStore({ path }), rewrite: (change) => rewriteEmbedded(path, change) }
})
if (redisAvailable)
  rotation('Redis', async () => {
    const server = await startRedis()
    onTestFinished(() => server.stop())
    const config = { url: server.url, keyPrefix: 'icp:' }
    return { open: () => openRedisStore(config), rewrite: (change) => rewriteRedis(config, change) }
  })

describe('a backup', () => {
  it('moves sealed values as they are', async () => {
    const [from, to] = [await folder(), await folder()]
    const store = await openEmbeddedStore({ path: from })
    await fill(store)
    await store.close()
    const target = await openEmbeddedStore({ path: to })
    await transfer(dumpEmbedded(from), target)
    await expectAll(sealStore(target, keyring('one')))
    await target.close()
  })
})
