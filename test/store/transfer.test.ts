import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dumpEmbedded } from '../../src/store/embedded/dump.ts'
import { openEmbeddedStore } from '../../src/store/embedded/open.ts'
import { transfer } from '../../src/store/transfer.ts'

let folders: string[]
beforeEach(async () => {
  folders = [await mkdtemp(join(tmpdir(), 'icp-from-')), await mkdtemp(join(tmpdir(), 'icp-to-'))]
})
afterEach(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

async function filled(): Promise<string> {
  const [from = ''] = folders
  const store = await openEmbeddedStore({ path: from })
  await store.documents.put([
    { key: 'case:{一}', expected: 0, value: { answers: { 'entity.kind': 'enterprise' } } },
  ])
  await store.documents.put([{ key: '__proto__', expected: 0, value: null }])
  const entries = Array.from({ length: 1203 }, (_, at) => ({ id: `e${at}`, value: { at, text: '你好' } }))
  await store.logs.append('dl:log:a', entries)
  await store.logs.append('gone', [{ id: 'x', value: 1 }])
  await store.logs.remove('gone')
  await store.logs.append('gone', [{ id: 'y', value: 2 }])
  await store.queue('reminders').schedule({ id: 'r:1', due: 1_700_000_000_000, value: { to: 'a' } })
  await store.queue('reminders').claim(1_800_000_000_000, 1, 60_000)
  await store.queue('erasure').schedule({ id: 'r:1', due: 5, value: 'x' })
  await store.close()
  return from
}

describe('moving a store', () => {
  it('takes everything along, and nothing else', async () => {
    const from = await filled()
    const target = await openEmbeddedStore({ path: folders[1] ?? '' })
    expect(await transfer(dumpEmbedded(from), target)).toEqual({ documents: 2, entries: 1204, items: 2 })
    expect((await target.documents.get('case:{一}'))?.value).toEqual({
      answers: { 'entity.kind': 'enterprise' },
    })
    expect((await target.documents.get('__proto__'))?.value).toBeNull()
    expect(await target.logs.last('dl:log:a')).toBe(1203)
    expect(await target.logs.read('gone', 0)).toEqual([{ id: 'y', value: 2, sequence: 1 }])
    const [reminder] = await target.queue('reminders').claim(1_800_000_000_000, 5, 1)
    expect(reminder).toMatchObject({ id: 'r:1', due: 1_700_000_000_000, value: { to: 'a' } })
    await target.close()
  })

  it('refuses a target that is not empty, and leaves the source as it was', async () => {
    const from = await filled()
    const target = await openEmbeddedStore({ path: folders[1] ?? '' })
    await target.documents.put([{ key: '__proto__', expected: 0, value: 'mine' }])
    await expect(transfer(dumpEmbedded(from), target)).rejects.toMatchObject({ code: 'store-conflict' })
    await target.close()
    const again = await openEmbeddedStore({ path: from })
    expect(await again.logs.last('dl:log:a')).toBe(1203)
    await again.close()
  })

  it('refuses while the assistant runs on the source', async () => {
    const from = await filled()
    const running = await openEmbeddedStore({ path: from })
    await expect(dumpEmbedded(from).next()).rejects.toMatchObject({ code: 'store-locked' })
    await running.close()
  })
})
