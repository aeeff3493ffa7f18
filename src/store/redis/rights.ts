import type { RedisGate } from './gate.ts'
import { BUCKETS, type KeySpace } from './keys.ts'
import { defineScript } from './script.ts'

/** Of a cluster, so many buckets are tried: spread by chance over its slots, they meet every server of it. */
const CLUSTER_PROBES = 32
const PROBE_MS = 60_000

/**
 * Tries every command the store runs. KEYS: a key of no meaning; ARGV: a channel, and how long a trace is to be
 * written for (0: only look).
 */
const PROBE = defineScript(`
for _, command in ipairs({ 'GET', 'MGET', 'DEL', 'UNLINK', 'EXISTS', 'XLEN' }) do need(command, KEYS[1]) end
need('GETRANGE', KEYS[1], 0, 1) need('SET', KEYS[1], 'x') need('INCRBY', KEYS[1], 1) need('PEXPIRE', KEYS[1], 1)
need('XADD', KEYS[1], '*', 'i', 'v') need('XRANGE', KEYS[1], '-', '+')
need('HGET', KEYS[1], 'i') need('HSET', KEYS[1], 'i', 'v') need('HDEL', KEYS[1], 'i')
need('ZADD', KEYS[1], 1, 'i') need('ZREM', KEYS[1], 'i') need('ZRANGEBYSCORE', KEYS[1], 0, 1)
need('PUBLISH', ARGV[1], '')
if ARGV[2] ~= '0' then redis.call('SET', KEYS[1], 'ready', 'PX', ARGV[2]) end
return 'OK'
`)

/**
 * Tries all that this user must be allowed, on every server; with `write`, also that something can be written.
 * @throws AppError `config-invalid` for a right that is missing, `store-full`, or that Redis does not answer
 */
export async function probe(gate: RedisGate, keys: KeySpace, { write }: { write: boolean }): Promise<void> {
  const count = gate.client.isCluster ? CLUSTER_PROBES : 1
  const buckets = Array.from({ length: count }, (_, index) => (index * BUCKETS) / count)
  await Promise.all(
    buckets.map((bucket) =>
      gate.script(PROBE, [keys.probe(bucket, 'ready')], [keys.bell(''), write ? PROBE_MS : 0]),
    ),
  )
}
