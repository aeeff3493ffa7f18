import { mkdtemp, open, rm } from 'node:fs/promises'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  startCluster,
  startRedis,
  startSentinel,
  type RedisGroup,
  type RedisServer,
  until,
} from '../support/redis-server.ts'
import { startCutter } from './cutter.ts'
import type { Servers, ServerPlan } from './servers.ts'

/** Something that goes wrong, and is over when it resolves. */
export interface Fault {
  readonly name: string
  readonly run: (servers: Servers, random: () => number) => Promise<void>
}

export interface Scenario {
  readonly servers: readonly ServerPlan[]
  /** One of them at a time, each as likely as the next. */
  readonly faults: readonly Fault[]
  end(): Promise<void>
}

const kill: Fault = { name: 'kill -9', run: (servers, random) => servers.killOne(random) }
const clock: Fault = { name: 'clock jump', run: (servers, random) => servers.moveClock(random) }
const sleep: Fault = {
  name: 'process paused',
  run: (servers, random) => servers.stopForAWhile(random, 500 + random() * 6_500),
}

/** The name of each scenario, and how it begins. */
export const SCENARIOS = { folder, 'full-disk': fullDisk, redis, sentinel, cluster } as const

async function folder(): Promise<Scenario> {
  const data = await mkdtemp(join(tmpdir(), 'icp-faults-'))
  return {
    servers: [{ environment: { DATA_DIR: data, LOG_LEVEL: 'info', RATE_LIMITS: 'off' } }],
    faults: [kill, kill, clock],
    end: () => rm(data, { recursive: true, force: true }),
  }
}

const NAMESPACE = ['unshare', '--user', '--map-root-user', '--mount'] as const
/** A disk of its own needs name spaces, which not every container allows. */
export const canMount =
  spawnSync(NAMESPACE[0], [...NAMESPACE.slice(1), 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]).status === 0

/** One process on a small disk that something else fills now and then. No kills: the disk goes with the process. */
async function fullDisk(): Promise<Scenario> {
  const data = await mkdtemp(join(tmpdir(), 'icp-disk-'))
  const script = 'mount -t tmpfs -o size=96m tmpfs "$0" && exec "$@"'
  const fill: Fault = {
    name: 'disk full',
    run: async (servers, random) => {
      const path = join('/proc', String(servers.pid), 'root', data, 'filler')
      await writeUntilFull(path)
      await pause(200 + random() * 1_500)
      await rm(path)
    },
  }
  return {
    servers: [
      {
        environment: { DATA_DIR: join(data, 'store'), LOG_LEVEL: 'info', RATE_LIMITS: 'off' },
        wrapper: [...NAMESPACE, 'sh', '-c', script, data],
      },
    ],
    faults: [fill, fill, clock],
    end: () => rm(data, { recursive: true, force: true }),
  }
}

async function writeUntilFull(path: string): Promise<void> {
  const file = await open(path, 'w')
  try {
    // In ever smaller pieces, so that the last page is taken too.
    for (let size = 1 << 20; size >= 512;) {
      const written = await file.write(Buffer.alloc(size)).catch(() => ({ bytesWritten: 0 }))
      if (written.bytesWritten < size) size >>= 1
    }
  } finally {
    await file.close()
  }
}

/** Two processes on one Redis, with the master key in a folder of their own. */
async function twoOn(url: string): Promise<Pick<Scenario, 'servers' | 'end'>> {
  const keys = await mkdtemp(join(tmpdir(), 'icp-keys-'))
  const environment = {
    REDIS_URL: url,
    DATA_DIR: keys,
    LOG_LEVEL: 'info',
    RATE_LIMITS: 'off',
    DIRECT_LINE_SIGNING_KEYS: Buffer.alloc(32, 7).toString('base64'),
  }
  return {
    servers: [{ environment }, { environment }],
    end: () => rm(keys, { recursive: true, force: true }),
  }
}

async function redis(): Promise<Scenario> {
  const server = await startRedis()
  const cutter = await startCutter(server.port)
  const two = await twoOn(cutter.url)
  return {
    servers: two.servers,
    faults: [
      kill,
      sleep,
      clock,
      { name: 'sockets cut', run: async () => cutter.cut() },
      {
        name: 'Redis killed and restarted',
        run: async (_, random) => {
          await server.kill()
          await pause(random() * 2_000)
          await server.start()
        },
      },
      {
        name: 'Redis stopped',
        run: async (_, random) => {
          server.freeze()
          await pause(500 + random() * 6_500)
          server.thaw()
        },
      },
      {
        name: 'CLIENT PAUSE',
        run: async (_, random) => {
          const ms = Math.round(300 + random() * 3_000)
          await server.admin.call('CLIENT', 'PAUSE', ms, random() < 0.5 ? 'WRITE' : 'ALL')
          await pause(ms)
        },
      },
    ],
    end: async () => {
      await two.end()
      await cutter.stop()
      await server.stop()
    },
  }
}

/** The primary falls once everything it acknowledged is on the replica: what it had not, no program could keep. */
async function sentinel(): Promise<Scenario> {
  const group = await startSentinel()
  const failover: Fault = {
    name: 'Sentinel fail-over',
    run: async () => {
      const primary = await primaryOf(group)
      if (!primary) return
      await primary.admin.call('CLIENT', 'PAUSE', 20_000, 'WRITE')
      await until(() => isReplicated(primary))
      await primary.kill()
      await until(async () => (await primaryOf(group)) !== primary)
      await primary.start()
      await until(async () => {
        const next = await primaryOf(group)
        return next !== undefined && (await hasReplica(next))
      })
    },
  }
  return onGroup(group, [failover, kill])
}

async function onGroup(group: RedisGroup, faults: readonly Fault[]): Promise<Scenario> {
  const { servers, end } = await twoOn(group.url)
  return {
    servers,
    faults,
    end: async () => {
      await end()
      await group.stop()
    },
  }
}

/** The one Sentinel knows: a server that comes back believes itself the primary until Sentinel has told it. */
async function primaryOf({ servers }: RedisGroup): Promise<RedisServer | undefined> {
  const known = await servers.at(-1)?.admin.call('SENTINEL', 'get-master-addr-by-name', 'main')
  const port = Array.isArray(known) ? Number(known[1]) : 0
  return servers.find((server) => server.port === port)
}

async function hasReplica(primary: RedisServer): Promise<boolean> {
  return /slave0:.*state=online/.test(await inTime(primary.admin.info('replication')))
}

/** Only while nothing is written: the two never meet under load. */
async function isReplicated(primary: RedisServer): Promise<boolean> {
  const info = await inTime(primary.admin.info('replication'))
  const offset = /master_repl_offset:(\d+)/.exec(info)?.[1]
  const replica = /slave0:.*state=online,offset=(\d+)/.exec(info)?.[1]
  return offset !== undefined && offset === replica
}

/** Of a server that is down the test's own connection would wait. */
async function inTime(answer: Promise<string>): Promise<string> {
  const late = pause(300, '', { ref: false })
  return Promise.race([answer.catch(() => ''), late])
}

async function cluster(): Promise<Scenario> {
  const group = await startCluster()
  const nodeKill: Fault = {
    name: 'Cluster node killed and restarted',
    run: async (_, random) => {
      const node = group.servers[Math.floor(random() * group.servers.length)]
      await node?.kill()
      await pause(random() * 3_000)
      await node?.start()
    },
  }
  return onGroup(group, [nodeKill, kill, sleep])
}
