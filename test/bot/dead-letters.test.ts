import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeadLetters } from '../../src/bot/dead-letters.ts'
import { DueWorker, type DueWorkerOptions } from '../../src/bot/due-worker.ts'
import { AppError } from '../../src/errors.ts'
import { countDeadLetters } from '../../src/server/dead-letter-metric.ts'
import { openEmbeddedStore } from '../../src/store/embedded/open.ts'
import type { Store } from '../../src/store/port.ts'
import { ROOT } from '../support/app.ts'

const START = Date.parse('2026-11-24T08:00:00Z')
const HOUR = 3_600_000
let folder: string
let store: Store
let now: number
let broken: Error | undefined
/** When the work was tried. */
let tried: number[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dead-'))
  store = await openEmbeddedStore({ path: folder })
  now = START
  broken = new AppError('upstream-rejected', { detail: 'The channel refused.', remedy: 'Look there.' })
  tried = []
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const clock = () => new Date(now)
function worker(more: Partial<DueWorkerOptions> = {}): DueWorker {
  return new DueWorker({
    queue: store.queue('reminders'),
    clock,
    work: async () => {
      tried.push(now)
      if (broken) throw broken
    },
    onError: () => undefined,
    onDead: new DeadLetters(store).receiver('reminders', clock),
    ...more,
  })
}
async function hours(count: number, at: DueWorker): Promise<void> {
  for (let minute = 0; minute < count * 60; minute += 1) {
    await at.runOnce()
    now += HOUR / 60
  }
}

describe('work that keeps failing', () => {
  beforeEach(() => store.queue('reminders').schedule({ id: 'a', due: START, value: { caseId: 'c' } }))

  it('comes again after pauses that grow, and is given up after twelve times', async () => {
    await hours(72, worker())
    expect(tried).toHaveLength(12)
    const pauses = tried.slice(1).map((time, at) => time - tried[at]!)
    for (const [at, pause] of pauses.slice(2).entries()) expect(pause).toBeGreaterThanOrEqual(pauses[at + 1]!)
    expect(await new DeadLetters(store).open()).toMatchObject([
      {
        queue: 'reminders',
        item: { id: 'a', value: { caseId: 'c' } },
        attempts: 12,
        error: 'upstream-rejected: The channel refused.',
      },
    ])
    expect(await store.queue('reminders').claim(now + 1000 * HOUR, 10, 1)).toEqual([])
  })

  it('is tried for ever where nobody takes dead letters', async () => {
    await hours(100, worker({ onDead: undefined }))
    expect(tried.length).toBeGreaterThan(20)
  })

  it('does not quote what may name a person', async () => {
    broken = new Error('张三 13800000000')
    await hours(1, worker({ attempts: 2 }))
    const [letter] = await new DeadLetters(store).open()
    expect(letter?.error).toBe('Error')
  })

  it('goes back into its queue on request, with all its attempts, once', async () => {
    await hours(1, worker({ attempts: 2 }))
    const letters = new DeadLetters(store)
    const [letter] = await letters.open()
    await letters.retry(letter!.id, clock())
    expect(await letters.open()).toEqual([])
    await expect(letters.retry(letter!.id, clock())).rejects.toMatchObject({ code: 'request-invalid' })
    await hours(1, worker({ attempts: 2 }))
    expect(tried).toHaveLength(4)
    broken = undefined
    const [again, ...others] = await letters.open()
    expect(others).toEqual([])
    expect(again!.id).not.toBe(letter!.id)
    await letters.retry(again!.id, clock())
    await hours(1, worker())
    expect(tried).toHaveLength(5)
    expect(await letters.open()).toEqual([])
  })

  it('is not lost where the letter cannot be written', async () => {
    const refuse = () => Promise.reject(new Error('the store is away'))
    await hours(1, worker({ attempts: 1, onDead: refuse }))
    await hours(1, worker({ attempts: 1 }))
    expect(await new DeadLetters(store).open()).toHaveLength(1)
  })

  it('is counted for the alarm, by whichever process gave it up, until it is settled', async () => {
    const registry = new Registry()
    countDeadLetters(registry, new DeadLetters(store))
    const shown = async () =>
      (await registry.metrics()).split('\n').filter((line) => line.startsWith('icpbot_dead_letters'))
    expect(await shown()).toEqual([])
    await hours(1, worker({ attempts: 1 }))
    expect(await shown()).toEqual(['icpbot_dead_letters{queue="reminders"} 1'])
    const letters = new DeadLetters(store)
    await letters.drop((await letters.open())[0]!.id)
    expect(await shown()).toEqual([])
    await store.close()
    expect(await shown()).toEqual([])
  })

  it('is listed and tried again by a command', { timeout: 60_000 }, async () => {
    await hours(1, worker({ attempts: 1 }))
    await store.close()
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['--import', 'tsx', join(ROOT, 'src/dead-letters.ts'), ...args], {
        cwd: ROOT,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], DATA_DIR: folder },
      })
    const listed = run().stdout
    expect(listed).toContain('upstream-rejected')
    expect(listed).toContain('1 dead letters')
    expect(run('--retry', 'unknown').status).toBe(1)
    expect(run('--loud').stderr).toContain('--retry-all')
    expect(run('--retry-all').stdout).toContain('Tried again')
    expect(run().stdout).toContain('Nothing was given up')
    store = await openEmbeddedStore({ path: folder })
    const [item] = await store.queue('reminders').claim(Date.now() + HOUR, 1, 1)
    // Its value is sealed by now: the command reads and writes as the assistant does.
    expect(item).toMatchObject({ id: 'a', attempts: 1 })
  })
})
