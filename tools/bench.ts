/** npm run bench: turns per second, side by side in one run. Ratios count; the numbers are of this machine. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { format } from 'prettier'
import { frameworkClient, OUR_SCRIPT, webClient } from './bench/clients.ts'
import { load, type Client, type Figures } from './bench/load.ts'
import { startServer } from './bench/server.ts'
import { redisAvailable, startRedis } from '../test/support/redis-server.ts'

const ROOT = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '4' } },
})

interface Contestant {
  readonly name: string
  readonly file: string
  readonly environment: (folder: string) => Readonly<Record<string, string>>
  readonly client: (address: string) => Promise<Client>
}

const redis = redisAvailable ? await startRedis() : undefined
const framework = () => Promise.resolve(frameworkClient())
const CONTESTANTS: readonly Contestant[] = [
  {
    name: '(a) restify echo',
    file: 'bench/servers/restify-echo.mjs',
    environment: () => ({}),
    client: framework,
  },
  {
    name: '(b) botbuilder echo',
    file: 'bench/servers/botbuilder-echo.mjs',
    environment: () => ({}),
    client: framework,
  },
  {
    name: '(c) ours, /api/messages, embedded',
    file: 'dist/main.js',
    environment: (folder) => ({ DATA_DIR: folder, LOG_LEVEL: 'info' }),
    client: () => Promise.resolve(frameworkClient(OUR_SCRIPT)),
  },
  {
    name: '(c) ours, web, embedded',
    file: 'dist/main.js',
    environment: (folder) => ({ DATA_DIR: folder, LOG_LEVEL: 'info' }),
    client: webClient,
  },
  ...(redis
    ? [
        {
          name: '(c) ours, /api/messages, Redis',
          file: 'dist/main.js',
          environment: () => ({ REDIS_URL: redis.url, LOG_LEVEL: 'info' }),
          client: () => Promise.resolve(frameworkClient(OUR_SCRIPT)),
        },
      ]
    : []),
]

interface Row {
  readonly name: string
  readonly one: Figures
  readonly many: Figures
  readonly startMs: number
  readonly memory: number
}

async function measure({ name, file, environment, client }: Contestant): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'icp-bench-'))
  const server = await startServer(
    ['taskset', '-c', '0', process.execPath, join(ROOT, file)],
    environment(folder),
  )
  const run = async (clients: number): Promise<Figures> => {
    const people = await Promise.all(Array.from({ length: clients }, () => client(server.address)))
    await load(server.address, people, 1_000)
    return load(server.address, people, Number(values.seconds) * 1_000)
  }
  const one = await run(1)
  const many = await run(32)
  const row = { name, one, many, startMs: server.startMs, memory: server.memory() }
  await server.stop()
  await rm(folder, { recursive: true, force: true })
  return row
}

const rows: Row[] = []
// Alternating, so that a slow moment of the machine meets all of them alike.
for (let round = 0; round < Number(values.rounds); round += 1)
  for (const contestant of CONTESTANTS) rows.push(await measure(contestant))
await redis?.stop()

const median = (name: string, pick: (row: Row) => number): number => {
  const sorted = rows
    .filter((row) => row.name === name)
    .map(pick)
    .sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
const floor = (pick: (row: Row) => number) => median('(b) botbuilder echo', pick)
const table = [
  '| | turns/s, 1 at a time | turns/s, 32 at once | p99 at 32, ms | ratio to (b) at 32 | start, ratio to (b) | memory, MB |',
  '| --- | --- | --- | --- | --- | --- | --- |',
  ...CONTESTANTS.map(({ name }) => {
    const many = median(name, (row) => row.many.perSecond)
    const start = median(name, (row) => row.startMs)
    return `| ${[
      name,
      median(name, (row) => row.one.perSecond).toFixed(0),
      many.toFixed(0),
      median(name, (row) => row.many.p99).toFixed(0),
      (many / floor((row) => row.many.perSecond)).toFixed(2),
      (start / floor((row) => row.startMs)).toFixed(2),
      median(name, (row) => row.memory).toFixed(0),
    ].join(' | ')} |`
  }),
]
const page = `# Performance

Measured by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model ?? 'one machine'}, Node ${process.version}, the
server on one core and the load on another, medians of ${values.rounds} alternating rounds of ${values.seconds} s. Ratios count; the numbers are of one machine.

${table.join('\n')}

(a) and (b) keep nothing and answer with one line. A turn of ours is durable on disk (or in Redis with \`appendfsync always\`) before it is
answered, resolves the interview, and replies with composed messages. Aims not reached: 0.9 of (b) embedded and 0.6 on Redis.
`
await writeFile(
  join(ROOT, 'docs/performance.md'),
  await format(page, { parser: 'markdown', printWidth: 110 }),
)
console.log(table.join('\n'))
