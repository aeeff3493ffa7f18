import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openEmbeddedStore } from '../../src/store/embedded/open.ts'
import { startChild } from './children/start.ts'
import { failure, putOne } from './helpers.ts'

/** A folder of the test's own, removed after it. */
export type NewFolder = () => Promise<string>

export function embeddedLockSuite(newFolder: NewFolder): void {
  // Without the flock program the lock is a name in the kernel's abstract socket name space.
  const withoutFlock = { ...process.env, PATH: '/nonexistent' }
  const ways: [string, NodeJS.ProcessEnv][] = [['with flock', process.env]]
  if (process.platform === 'linux') ways.push(['without flock', withoutFlock])

  describe.each(ways)('embedded store lock, %s', (_, env) => {
    test('a second process is refused while the first lives, and not after kill -9', async () => {
      const path = await newFolder()
      const holder = startChild({ script: 'hold', path, env })
      try {
        await holder.printed('open\n')
        const second = startChild({ script: 'hold', path, env })
        await second.printed('store-locked: ')
        expect(second.output()).toContain(path)
        expect(second.output()).toContain(`process ${holder.process.pid} `)
      } finally {
        await holder.kill()
      }
      const third = startChild({ script: 'hold', path, env })
      await third.printed('open\n')
      await third.kill()
    })

    test('of several that start at once one opens it', async () => {
      const path = await newFolder()
      const children = Array.from({ length: 4 }, () => startChild({ script: 'hold', path, env }))
      await Promise.all(children.map((child) => child.printed('\n')))
      const outputs = children.map((child) => child.output())
      expect(outputs.filter((output) => output === 'open\n')).toHaveLength(1)
      expect(outputs.filter((output) => output.startsWith('store-locked: '))).toHaveLength(3)
      await Promise.all(children.map((child) => child.kill()))
    })
  })

  describe('embedded store lock', () => {
    test('names folder, holder and remedy, and leaves the holder alone', async () => {
      const path = await newFolder()
      const holder = startChild({ script: 'hold', path })
      await holder.printed('open\n')
      const error = await failure('store-locked', () => openEmbeddedStore({ path }))
      expect(error.message).toContain(path)
      expect(error.message).toContain(`process ${holder.process.pid} `)
      expect(error.remedy).toContain('Stop that process')
      expect(error.subject).toBe(path)
      await failure('store-locked', () => openEmbeddedStore({ path }))
      await holder.kill()
      await (await openEmbeddedStore({ path })).close()
    })

    test('holds within one process too, by whatever path, and ends with close', async () => {
      const path = await newFolder()
      const store = await openEmbeddedStore({ path })
      await failure('store-locked', () => openEmbeddedStore({ path }))
      const alias = join(await newFolder(), 'alias')
      await symlink(path, alias)
      await failure('store-locked', () => openEmbeddedStore({ path: alias }))
      await putOne(store.documents, 'key', 0, 1)
      await store.close()
      const again = await openEmbeddedStore({ path: alias })
      expect((await again.documents.get('key'))?.value).toBe(1)
      await again.close()
    })
  })
}
