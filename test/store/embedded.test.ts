import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { open as openLmdb } from 'lmdb'
import { afterEach, describe, expect, test } from 'vitest'
import { openEmbeddedStore } from '../../src/store/embedded/open.ts'
import { storeConformance } from './conformance.ts'
import { embeddedCrashSuite } from './embedded-crash.suite.ts'
import { embeddedLockSuite } from './embedded-lock.suite.ts'
import { failure, numbered, putOne, range, take } from './helpers.ts'

const never = new AbortController().signal

storeConformance('embedded', async () => {
  const path = await makeFolder()
  const store = await openEmbeddedStore({ path })
  let current = store
  return {
    store,
    reopen: async () => {
      await current.close()
      current = await openEmbeddedStore({ path })
      return current
    },
    cleanup: async () => {
      await current.close()
      await rm(path, { recursive: true })
    },
  }
})

const folders: string[] = []
const newFolder = async (): Promise<string> => {
  const path = await makeFolder()
  folders.push(path)
  return path
}
afterEach(async () => {
  for (const path of folders.splice(0)) await rm(path, { recursive: true, force: true })
})

embeddedLockSuite(newFolder)
embeddedCrashSuite(newFolder)

describe('embedded store', () => {
  test('creates its folder, whatever its name, for its owner only', async () => {
    const path = join(await newFolder(), 'deep', '数据 v1.0')
    const store = await openEmbeddedStore({ path })
    await putOne(store.documents, 'key', 0, 1)
    await store.close()
    expect(existsSync(join(path, 'data.mdb'))).toBe(true)
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o700)
  })

  test('refuses a file, a folder below a file and a place where none can be made', async () => {
    const file = join(await newFolder(), 'file')
    await writeFile(file, 'not a store')
    const paths = [file, join(file, 'below')]
    if (process.platform === 'linux') paths.push('/proc/no-store-here')
    for (const path of paths) {
      const error = await failure('config-invalid', () => openEmbeddedStore({ path }))
      expect(error.message).toContain(path)
      expect(error.subject).toBe(path)
    }
  })

  test.skipIf(process.getuid?.() === 0)('refuses a folder it may not write', async () => {
    const path = await newFolder()
    await chmod(path, 0o500)
    const error = await failure('config-invalid', () => openEmbeddedStore({ path }))
    expect(error.message).toContain(path)
  })

  test('refuses files that are no store, and lets go of the lock', async () => {
    const path = await newFolder()
    const data = join(path, 'data.mdb')
    for (const content of ['x', 'x'.repeat(10_000), Buffer.alloc(10_000)]) {
      await writeFile(data, content)
      const error = await failure('config-invalid', () => openEmbeddedStore({ path }))
      expect(error.message).toContain(data)
    }
    await rm(data)
    await mkdir(data)
    await failure('config-invalid', () => openEmbeddedStore({ path }))
    await rm(data, { recursive: true })
    await (await openEmbeddedStore({ path })).close()
    await truncate(data, 4096)
    await failure('config-invalid', () => openEmbeddedStore({ path }))
  })

  test('refuses a store written in another format', async () => {
    const path = await newFolder()
    await (await openEmbeddedStore({ path })).close()
    const root = openLmdb({ path, noSubdir: false, overlappingSync: false })
    await root
      .openDB<string, Buffer>({ name: 'meta', encoding: 'string', keyEncoding: 'binary' })
      .put(Buffer.from('format'), '2')
    await root.close()
    const error = await failure('config-invalid', () => openEmbeddedStore({ path }))
    expect(error.message).toContain('format 2')
  })

  test('a tail goes on with the new log when its log is removed and begun anew', async () => {
    const store = await openEmbeddedStore({ path: await newFolder() })
    await store.logs.append('log', numbered(1, 5))
    const taken = take(store.logs.tail('log', 0, never), 7)
    await setTimeout(20)
    await store.logs.remove('log')
    await store.logs.append('log', numbered(6, 7))
    expect((await taken).map(({ sequence, value }) => [sequence, value])).toEqual([
      ...range(1, 5).map((n) => [n, n]),
      [1, 6],
      [2, 7],
    ])
    await store.close()
  })

  test('a reader that stops reading costs no memory', async () => {
    const store = await openEmbeddedStore({ path: await newFolder() })
    const tails = range(1, 50).map(() => store.logs.tail('log', 0, never)[Symbol.asyncIterator]())
    const firsts = tails.map((tail) => tail.next())
    await store.logs.append('log', numbered(1, 1))
    await Promise.all(firsts)
    const before = process.memoryUsage().heapUsed
    const value = 'x'.repeat(100_000)
    for (const n of range(2, 200)) await store.logs.append('log', [{ id: `${n}`, value }])
    // 20 MB appended, 50 readers: anything kept per reader would show as up to 1 GB.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200e6)
    const rest = await Promise.all(range(2, 200).map(() => tails[0]!.next()))
    expect(rest.map((result) => (result.done === true ? 0 : result.value.sequence))).toEqual(range(2, 200))
    await store.close()
  })
})

async function makeFolder(): Promise<string> {
  // A dot in the name: LMDB would take such a folder for a file if it were let.
  return mkdtemp(join(tmpdir(), 'store.test-'))
}
