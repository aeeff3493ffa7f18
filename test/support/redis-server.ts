import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'

const BINARY = process.env['REDIS_SERVER'] ?? 'redis-server'

/**
 * Whether tests can start Redis here. Without the program they are skipped, and say so; in CI that is a failure,
 * because nobody reads there what was skipped.
 */
export const redisAvailable = spawnSync(BINARY, ['--version']).status === 0
if (!redisAvailable) {
  if (process.env['CI']) throw new Error(`${BINARY} is missing: CI must run the tests of the Redis store`)
  console.log(`skipped: ${BINARY} is not installed, so the tests of the Redis store do not run`)
}

/** One server of the tests' own, on a free port of this machine, with its data in a folder that goes with it. */
export interface RedisServer {
  readonly port: number
  readonly url: string
  /** A connection for the test itself. Reconnects for as long as the server lives. */
  readonly admin: Redis
  /** Ends it as a power cut would. */
  kill(): Promise<void>
  /** Starts it again on the same port and data. */
  start(): Promise<void>
  /** Stops and resumes the process: it holds its connections and does not answer. */
  freeze(): void
  thaw(): void
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

const DURABLE = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always']

interface StartOptions {
  /** Settings of redis.conf, as arguments. */
  readonly settings?: readonly string[]
  /** For servers whose default user needs a password. */
  readonly password?: string
  /** Text of a configuration file that the server itself rewrites. */
  readonly file?: string
}

export async function startRedis({ settings = [], password, file }: StartOptions = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'redis.test-'))
  const port = await freePort()
  const config = join(folder, 'redis.conf')
  if (file !== undefined) await writeFile(config, file)
  const args = [
    ...(file === undefined ? [] : [config]),
    ...['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder],
    ...(file?.startsWith('sentinel') ? ['--sentinel'] : [...DURABLE, ...settings]),
  ]
  let child: ChildProcess
  const killAtExit = (): void => void child.kill('SIGKILL')
  process.on('exit', killAtExit)
  const admin = new Redis({ port, host: '127.0.0.1', password, retryStrategy: () => 50, lazyConnect: true })
  admin.on('error', () => undefined)
  const start = async (): Promise<void> => {
    child = spawn(BINARY, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const printed: string[] = []
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => printed.push(text))
    }
    for (;;) {
      if (child.exitCode !== null) throw new Error(`redis-server ended: ${printed.join('')}`)
      if ((await admin.ping().catch(() => '')) === 'PONG') return
      await sleep(20)
    }
  }
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await start()
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    admin,
    kill,
    start,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: async () => {
      admin.disconnect()
      await kill()
      process.off('exit', killAtExit)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export interface RedisGroup {
  readonly url: string
  readonly servers: readonly RedisServer[]
  stop(): Promise<void>
}

/** Three primaries that share the slots, each with a replica if wished. */
export async function startCluster({ replicas = false } = {}): Promise<RedisGroup> {
  const settings = async (): Promise<string[]> => [
    ...[
      '--cluster-enabled',
      'yes',
      '--cluster-node-timeout',
      '1000',
      '--cluster-port',
      `${await freePort()}`,
    ],
    ...['--cluster-require-full-coverage', 'no', '--cluster-announce-ip', '127.0.0.1'],
    ...['--cluster-replica-validity-factor', '0', '--repl-diskless-sync-delay', '0'],
  ]
  const count = replicas ? 6 : 3
  const started = Array.from({ length: count }, async () => {
    const own = await settings()
    return { server: await startRedis({ settings: own }), bus: own[5] ?? '' }
  })
  const nodes = await Promise.all(started)
  const servers = nodes.map(({ server }) => server)
  const [first, ...others] = nodes
  for (const { server, bus } of others) {
    await first?.server.admin.call('CLUSTER', 'MEET', '127.0.0.1', server.port, bus)
  }
  const ranges = [
    [0, 5460],
    [5461, 10922],
    [10923, 16383],
  ]
  for (const [index, range] of ranges.entries()) {
    await servers[index]?.admin.call('CLUSTER', 'ADDSLOTSRANGE', ...range)
  }
  const cluster = (server: RedisServer, command: string): Promise<string> =>
    server.admin.call('CLUSTER', command).then(String)
  await until(async () =>
    (await all(servers, (server) => cluster(server, 'NODES'))).every((text) => lines(text) === count),
  )
  for (const [index, replica] of servers.slice(3).entries()) {
    const primary = servers[index]
    if (primary) await replica.admin.call('CLUSTER', 'REPLICATE', await cluster(primary, 'MYID'))
  }
  await until(async () =>
    (await all(servers, (server) => cluster(server, 'INFO'))).every((text) =>
      text.includes('cluster_state:ok'),
    ),
  )
  await until(async () =>
    (await all(servers.slice(3), (server) => server.admin.info('replication'))).every((text) =>
      text.includes('master_link_status:up'),
    ),
  )
  await until(async () =>
    (await all(servers, (server) => cluster(server, 'SLOTS'))).every((text) => text.length > 20),
  )
  return group(`redis+cluster://${servers.map(({ port }) => `127.0.0.1:${port}`).join(',')}`, servers)
}

/** A primary, its replica, and one Sentinel that knows them as `main`. Servers in this order. */
export async function startSentinel(): Promise<RedisGroup> {
  const primary = await startRedis({ settings: ['--repl-diskless-sync-delay', '0'] })
  const replica = await startRedis({ settings: ['--replicaof', `127.0.0.1 ${primary.port}`] })
  await until(async () => (await replica.admin.info('replication')).includes('master_link_status:up'))
  const sentinel = await startRedis({
    file: [
      `sentinel monitor main 127.0.0.1 ${primary.port} 1`,
      // Sentinel asks each second. With less than that it takes its own reconnects for falls and goes to and fro.
      'sentinel down-after-milliseconds main 3000',
      'sentinel failover-timeout main 10000',
      '',
    ].join('\n'),
  })
  await until(async () => {
    const known = await sentinel.admin.call('SENTINEL', 'replicas', 'main').catch(() => [])
    return Array.isArray(known) && known.length === 1
  })
  return group(`redis+sentinel://127.0.0.1:${sentinel.port}/main`, [primary, replica, sentinel])
}

function group(url: string, servers: readonly RedisServer[]): RedisGroup {
  return { url, servers, stop: async () => void (await Promise.all(servers.map((server) => server.stop()))) }
}

/** Waits for what other processes bring about; the test's own time limit ends it. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(25)
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function all<Item, Result>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  return Promise.all(items.map(ask))
}

function lines(text: string): number {
  return text.trim().split('\n').length
}
