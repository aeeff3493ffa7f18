import { z } from 'zod'
import { AppError } from '../../errors.ts'

const topologies = z.enum(['single', 'sentinel', 'cluster'])

export interface Address {
  readonly host: string
  readonly port: number
}

/** What a REDIS_URL says. */
export interface RedisTarget {
  readonly topology: z.infer<typeof topologies>
  readonly tls: boolean
  readonly addresses: readonly [Address, ...Address[]]
  readonly username: string | undefined
  readonly password: string | undefined
  readonly db: number
  /** The name under which Sentinel knows the server; empty otherwise. */
  readonly name: string
  /** The URL without its password, for messages. */
  readonly shown: string
}

/**
 * Where and as whom to connect; user and password of their own stand in where the URL names none.
 * @throws AppError `config-invalid`
 */
export function redisTarget({ url, username, password }: Account): RedisTarget {
  const address = parseRedisUrl(url)
  return { ...address, username: address.username ?? username, password: address.password ?? password }
}

interface Account {
  readonly url: string
  readonly username?: string | undefined
  readonly password?: string | undefined
}

const FORMS =
  'redis://host:6379/0, redis+sentinel://host:26379,host:26379/name/0 or redis+cluster://host:6379,host:6379, ' +
  'with user:password@ in front of the hosts if need be, and rediss for TLS'
const URL_PARTS =
  /^(rediss?)(?:\+(sentinel|cluster))?:\/\/(?:([^/?#]*)@)?([^/?#@]*)(?:\/([^?#]*))?([?#].*)?$/i
const ADDRESS = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::(\d{1,5}))?$/i

/**
 * Reads a REDIS_URL. Not by `new URL`: it knows no list of hosts.
 * @throws AppError `config-invalid`, never with the password in it
 */
export function parseRedisUrl(url: string): RedisTarget {
  const parts = URL_PARTS.exec(url.trim())
  if (parts === null) throw invalid('it is no Redis address')
  const [, scheme = '', kind = 'single', user, hosts = '', path = '', extra] = parts
  if (extra !== undefined) throw invalid('nothing may follow the path (settings are not part of the address)')
  const topology = topologies.parse(kind.toLowerCase())
  const { name, db } = parsePath(topology, path)
  return {
    topology,
    tls: scheme.toLowerCase() === 'rediss',
    addresses: parseAddresses(topology, hosts),
    ...parseUser(user),
    db,
    name,
    shown: `${url.trim().slice(0, url.trim().indexOf('://'))}://${hosts}${path === '' ? '' : `/${path}`}`,
  }
}

function parseAddresses(topology: RedisTarget['topology'], hosts: string): RedisTarget['addresses'] {
  const [first, ...others] = hosts.split(',').map((text): Address => {
    const [, v6, name, port] = ADDRESS.exec(text) ?? []
    const host = v6 ?? name
    if (host === undefined) throw invalid(`"${text}" is no host, or its port is no number`)
    const number = port === undefined ? (topology === 'sentinel' ? 26379 : 6379) : Number(port)
    if (number < 1 || number > 65535) throw invalid(`port ${number} does not exist`)
    return { host, port: number }
  })
  if (first === undefined) throw invalid('it names no host')
  if (topology === 'single' && others.length > 0) {
    throw invalid('several hosts are for redis+sentinel:// and redis+cluster:// only')
  }
  return [first, ...others]
}

function parsePath(topology: RedisTarget['topology'], path: string): { name: string; db: number } {
  const segments = path.split('/').filter((segment) => segment !== '')
  const name = topology === 'sentinel' ? segments.shift() : ''
  if (name === undefined) throw invalid('the name of the server that Sentinel watches is missing')
  const [database = '0', ...rest] = segments
  if (rest.length > 0 || !/^\d{1,4}$/.test(database)) throw invalid(`"/${path}" is no database number`)
  if (topology === 'cluster' && database !== '0') throw invalid('a cluster has database 0 only')
  return { name: decode(name), db: Number(database) }
}

function parseUser(user: string | undefined): Pick<RedisTarget, 'username' | 'password'> {
  if (user === undefined || user === '') return { username: undefined, password: undefined }
  const colon = user.indexOf(':')
  if (colon < 0) throw invalid('a user without a password stands before the @')
  return { username: decode(user.slice(0, colon)) || undefined, password: decode(user.slice(colon + 1)) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw invalid('user, password and name must be percent-encoded')
  }
}

function invalid(problem: string): AppError {
  return new AppError('config-invalid', {
    detail: `REDIS_URL cannot be used: ${problem}.`,
    remedy: `Write it as ${FORMS}.`,
    subject: 'REDIS_URL',
  })
}
