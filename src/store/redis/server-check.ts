import { Cluster } from 'ioredis'
import { AppError } from '../../errors.ts'
import type { RedisSettings } from './config.ts'
import type { RedisGate } from './gate.ts'
import type { KeySpace } from './keys.ts'

/** The oldest server whose scripts can ask what the user may do (`redis.acl_check_cmd`). */
const OLDEST = 7
/** Raised whenever what is written in Redis changes shape; an older program then refuses instead of misreading. */
const FORMAT = '1'

type Info = ReadonlyMap<string, string>

/**
 * Looks at every server before the store is used.
 * @throws AppError `config-invalid` when one is too old, a replica or of the other kind (cluster or not), or when
 * another version of the program wrote the data
 */
export async function checkServers(gate: RedisGate, keys: KeySpace): Promise<void> {
  for (const info of await readInfos(gate, keys)) {
    checkVersion(gate.shown, info)
    checkRole(gate, info)
    warnOf(gate.settings, info)
  }
  await checkFormat(gate, keys)
}

async function readInfos(gate: RedisGate, keys: KeySpace): Promise<readonly Info[]> {
  const texts = await gate.run(async (client) => {
    if (!(client instanceof Cluster)) {
      // While connecting ioredis passes over a refused SELECT, and would go on in database 0.
      await client.select(client.options.db ?? 0)
      return [await client.info()]
    }
    // Any answer to it means that the servers of the cluster are known by now.
    await client.get(keys.format())
    return Promise.all(client.nodes('master').map((node) => node.info()))
  })
  return texts.map(
    (text) =>
      new Map([...text.matchAll(/^(\w+):(.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value])),
  )
}

function checkVersion(shown: string, info: Info): void {
  const version = info.get('redis_version') ?? ''
  if (Number.parseInt(version, 10) >= OLDEST) return
  throw new AppError('config-invalid', {
    detail: `Redis at ${shown} is version ${version || 'unknown'}; this program needs ${OLDEST}.0 or newer.`,
    remedy: 'Upgrade Redis, or name another server in REDIS_URL.',
    subject: 'REDIS_URL',
  })
}

function checkRole({ shown, client }: RedisGate, info: Info): void {
  const invalid = (detail: string, remedy: string): AppError =>
    new AppError('config-invalid', { detail, remedy, subject: 'REDIS_URL' })
  if (info.get('role') === 'slave') {
    throw invalid(
      `Redis at ${shown} is a replica: it takes no writes.`,
      'Name the primary in REDIS_URL, or Sentinel (redis+sentinel://…), which knows it.',
    )
  }
  if (info.get('cluster_enabled') === '1' && !client.isCluster) {
    throw invalid(
      `Redis at ${shown} is part of a cluster.`,
      'Write redis+cluster:// with one or more of its nodes in REDIS_URL.',
    )
  }
}

function warnOf({ onWarning = emitWarning }: RedisSettings, info: Info): void {
  if (info.get('aof_enabled') === '0') {
    onWarning({
      detail:
        'Redis keeps no append-only file: a restart loses what was written since its last snapshot, if any.',
      remedy: 'Set "appendonly yes", and "appendfsync always" where no acknowledged write may be lost.',
    })
  }
  const policy = info.get('maxmemory_policy') ?? 'noeviction'
  if (policy !== 'noeviction' && info.get('maxmemory') !== '0') {
    onWarning({
      detail: `Redis deletes data of its own accord when its memory is full (maxmemory-policy ${policy}).`,
      remedy: 'Set "maxmemory-policy noeviction": a full store then refuses writes instead of losing cases.',
    })
  }
}

function emitWarning({ detail, remedy }: { detail: string; remedy: string }): void {
  process.emitWarning(detail, { type: 'RedisStoreWarning', detail: remedy })
}

async function checkFormat(gate: RedisGate, keys: KeySpace): Promise<void> {
  const found = await gate.run((client) => client.get(keys.format()))
  if (found === null) await gate.run((client) => client.set(keys.format(), FORMAT, 'NX'))
  else if (found !== FORMAT) {
    throw new AppError('config-invalid', {
      detail: `The store at ${gate.shown} has format ${found.slice(0, 20)}; this program reads format ${FORMAT}.`,
      remedy: 'Start the version of the program that wrote it, or set another keyPrefix.',
      subject: 'REDIS_URL',
    })
  }
}
