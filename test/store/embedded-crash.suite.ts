import { spawnSync } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openEmbeddedStore } from '../../src/store/embedded/open.ts'
import { startChild } from './children/start.ts'
import type { NewFolder } from './embedded-lock.suite.ts'

/** A small disk of the test's own, where the system lets an ordinary user have one. */
const SMALL_DISK = (path: string): string[] => [
  ...['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c'],
  ...['mount -t tmpfs -o size=3m tmpfs "$0" && exec "$@"', path],
]
const canMount = (path: string): boolean => {
  const [command = '', ...rest] = [...SMALL_DISK(path), 'true']
  return spawnSync(command, rest).status === 0
}

export function embeddedCrashSuite(newFolder: NewFolder): void {
  describe('embedded store after kill -9', () => {
    test('every acknowledged write is there and no batch is half there, round after round', async () => {
      const path = await newFolder()
      for (const delay of [0, 60, 170, 300, 430]) {
        const child = startChild({ script: 'write', path })
        await child.printed('item 3 ')
        await setTimeout(delay)
        await child.kill()
        await checkWritten(path, child.output())
      }
    })
  })

  describe('embedded store on a full disk', () => {
    test('refuses with store-full, keeps nothing by halves, and goes on once there is space', async (context) => {
      const path = await newFolder()
      if (!canMount(path)) return context.skip('this system gives a test no disk of its own')
      const child = startChild({ script: 'fill', path, through: SMALL_DISK(path) })
      await child.printed('\n')
      const result: unknown = JSON.parse(child.output())
      expect(result).toMatchObject({
        failures: ['store-full'],
        brokenWhileFull: [],
        beginning: 'store-full',
        afterwards: 'kept',
        brokenAfterwards: [],
      })
      await child.kill()
    })
  })
}

/** The highest number acknowledged for each `what writer`. Only whole lines count. */
function acknowledged(output: string): Map<string, number> {
  const highest = new Map<string, number>()
  for (const [, what = '', n] of output.matchAll(/^(\w+ \d+) (\d+)\n/gm)) highest.set(what, Number(n))
  return highest
}

async function checkWritten(path: string, output: string): Promise<void> {
  const store = await openEmbeddedStore({ path })
  const highest = acknowledged(output)
  const items = await store.queue('q').claim(1e12, 100, 0)
  for (const w of [0, 1, 2, 3]) {
    const parts = (await store.documents.getMany(['a', 'b', 'c'].map((part) => `${w} ${part}`))).map(
      (document) => document?.value,
    )
    expect(new Set(parts).size).toBe(1)
    expect(parts[0]).toBeGreaterThanOrEqual(highest.get(`documents ${w}`) ?? 0)

    const entries = await store.logs.read(`log ${w}`, 0, 1_000_000)
    expect(entries.length % 3).toBe(0)
    expect(entries.length).toBe(await store.logs.last(`log ${w}`))
    const ids = new Set(entries.map((entry) => entry.id))
    expect(ids.size).toBe(entries.length)
    const last = highest.get(`log ${w}`)
    for (const part of ['x', 'y', 'z']) expect(ids).toContain(`${last} ${part}`)

    const item = items.find(({ id }) => id === `${w}`)
    expect(item?.value).toBeGreaterThanOrEqual(highest.get(`item ${w}`) ?? 0)
  }
  await store.close()
}
