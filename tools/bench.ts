import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { format } from 'prettier'
import { loadBrain } from '../src/brain.ts'
import { openStore } from '../src/store/open.ts'
import type { Store } from '../src/store/port.ts'
import { redisAvailable, startRedis } from '../test/support/redis-server.ts'
import { contestants, OURS_REDIS } from './bench/contestants.ts'
import { due } from './bench/due.ts'
import { growth } from './bench/growth.ts'
import { idle } from './bench/idle.ts'
import { medianOf, page } from './bench/page.ts'
import { compareResolvers } from './bench/peers.ts'
import { bars } from './bench/plot.ts'
import { throughput, twoProcesses } from './bench/throughput.ts'

/**
 * npm run bench -- [--quick] [--rounds 3] [--seconds 4]: everything side by side in one run. Ratios count; the
 * numbers are of one machine. Writes docs/performance.md and its picture; with `--quick` it prints the page only,
 * after a minute or two instead of twenty.
 */
const ROOT = join(import.meta.dirname, '..')
const NOTES = /\n## What costs the rest\n[\s\S]*$/
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
  },
})
const { quick } = values
const rounds = Number(values.rounds ?? (quick ? 1 : 3))
const milliseconds = 1_000 * Number(values.seconds ?? (quick ? 1 : 4))
const today = new Date().toISOString().slice(0, 10)

const redis = redisAvailable ? await startRedis() : undefined
const all = contestants(ROOT, redis?.url)
const measured = await throughput(all, rounds, milliseconds, quick ? 2_000 : undefined)
const onRedis = all.find(({ name }) => name === OURS_REDIS)
const two = onRedis && !quick ? await twoProcesses(onRedis, milliseconds) : undefined
const idleMemory = await idle(all, quick ? [100, 500] : [1_000, 10_000, 100_000])
await redis?.stop()

const brain = loadBrain(ROOT, undefined)
const next = compareResolvers(brain, today)
const sizes = quick ? [1_000, 5_000] : [1_000, 10_000, 100_000, 1_000_000]
const turns = quick ? 1_000 : 6_000
const cases = quick ? 500 : 5_000
const embedded = await withEmbedded(async (store) => growth(store, brain, sizes, turns))
const dueEmbedded = await withEmbedded(async (store) => due(store, brain, cases))
// A million cases take Redis some gigabytes of memory: there it goes to 100,000.
const redisGrowth = await withRedis((store) => growth(store, brain, sizes.slice(0, 3), turns))
const dueRedis = await withRedis((store) => due(store, brain, cases))

const path = join(ROOT, 'docs/performance.md')
const text = page({
  setting:
    `Measured by \`npm run bench\` on ${today}: ${cpus()[0]?.model ?? 'one machine'}, ${cpus().length} processors, Node ${process.version}; ` +
    `a server on one core, the load (and Redis) on the other; medians of ${rounds} alternating rounds of ${milliseconds / 1000} s. ` +
    'Ratios count; the numbers are of one machine. `npm run bench -- --quick` prints a rough version of this page in a few minutes.',
  names: all.map(({ name }) => name),
  rounds: measured,
  two,
  growth: { embedded, ...(redisGrowth ? { Redis: redisGrowth } : {}) },
  idle: idleMemory,
  due: [{ store: 'embedded', ...dueEmbedded }, ...(dueRedis ? [{ store: 'Redis', ...dueRedis }] : [])],
  next,
})
// What a person wrote below the tables stays.
const notes = existsSync(path) ? (NOTES.exec(readFileSync(path, 'utf8'))?.[0] ?? '') : ''
const whole = await format(`${text}\n${notes}`, { parser: 'markdown', printWidth: 110 })
console.log(whole)
if (!quick) {
  await writeFile(path, whole)
  const picture = bars(
    'Turns for a second of processor time',
    `32 clients at once, one process, ${today}; the longer the better`,
    all.map(({ name }) => ({ label: name, value: medianOf(measured, name, ({ perCore }) => perCore) })),
  )
  await writeFile(join(ROOT, 'docs/performance.svg'), picture)
}
process.exit(0)

async function withEmbedded<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-store-'))
  const store = await openStore({ kind: 'embedded', path: folder })
  try {
    return await work(store)
  } finally {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function withRedis<Result>(work: (store: Store) => Promise<Result>): Promise<Result | undefined> {
  if (!redisAvailable) return undefined
  const server = await startRedis()
  const store = await openStore({ kind: 'redis', url: server.url })
  try {
    return await work(store)
  } finally {
    await store.close()
    await server.stop()
  }
}
