import { Cluster, Redis, type RedisOptions } from 'ioredis'
import type { RedisSettings } from './config.ts'
import type { RedisTarget } from './url.ts'

export type RedisClient = Redis | Cluster

/**
 * The connection all calls share. It reconnects for as long as it lives; it neither keeps calls while there is no
 * connection nor repeats them after one was lost. Both is for gate.ts, which knows how long a call may take.
 */
export function makeClient(target: RedisTarget, settings: RedisSettings): RedisClient {
  const options = connectionOptions(target, settings)
  if (target.topology !== 'cluster') return new Redis({ ...options, ...serverOptions(target, settings) })
  return new Cluster([...target.addresses], {
    redisOptions: options,
    enableOfflineQueue: false,
    clusterRetryStrategy: backOff,
    slotsRefreshTimeout: settings.timeoutMs,
    // Within one attempt only what a moved slot needs; the rest of the patience is in gate.ts.
    maxRedirections: 5,
    // A certificate bears the host name; the address it resolves to would not match it.
    ...(target.tls ? { dnsLookup: (host, done) => done(null, host) } : {}),
  })
}

/**
 * One connection that only listens. Published messages reach every node of a cluster, so any node will do. It does
 * not reconnect by itself: listener.ts makes a new one and thereby chooses a node that lives.
 */
export function makeListener(client: RedisClient, target: RedisTarget, settings: RedisSettings): Redis {
  const options = { ...connectionOptions(target, settings), autoResubscribe: false, lazyConnect: true }
  if (!(client instanceof Cluster)) {
    return new Redis({ ...options, ...serverOptions(target, settings), retryStrategy: null })
  }
  const nodes = [...client.nodes().map((node) => node.options), ...target.addresses]
  const { host, port } = nodes[Math.floor(Math.random() * nodes.length)] ?? target.addresses[0]
  return new Redis({ ...options, host, port, retryStrategy: null })
}

/** Doubling from 50 ms to 2 s, and by chance half to the whole of it: processes must not come back in step. */
export function backOff(times: number): number {
  const most = Math.min(2_000, 50 * 2 ** Math.min(times - 1, 10))
  return Math.round(most * (0.5 + Math.random() / 2))
}

function connectionOptions(
  { topology, username, password, db, tls }: RedisTarget,
  { timeoutMs, tls: certificates }: RedisSettings,
): RedisOptions {
  return {
    username,
    password,
    db,
    ...(tls ? { tls: certificates } : {}),
    connectionName: 'icp-filing-assistant',
    disableClientInfo: true,
    // A server that still loads its data says so to each call. Only behind Sentinel its role must be looked at.
    enableReadyCheck: topology === 'sentinel',
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // A server that became a replica: connect anew, to whichever is the primary now.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  }
}

function serverOptions(
  { topology, addresses, name, tls }: RedisTarget,
  { sentinelUsername, sentinelPassword, tls: certificates, timeoutMs }: RedisSettings,
): RedisOptions {
  const common = { retryStrategy: backOff }
  if (topology === 'single') return { ...common, ...addresses[0] }
  return {
    ...common,
    sentinels: [...addresses],
    name,
    sentinelUsername,
    sentinelPassword,
    sentinelCommandTimeout: timeoutMs,
    sentinelRetryStrategy: backOff,
    ...(tls ? { enableTLSForSentinelMode: true, sentinelTLS: certificates } : {}),
  }
}
