import { BlockList, isIP } from 'node:net'
import { AppError } from '../../errors.ts'
import type { Cloud } from './cloud.ts'

/** Where replies may go. */
export interface Destinations {
  /** This machine, for the Emulator. */
  readonly loopback: boolean
  readonly hosts: readonly string[]
}

/** Without credentials this machine only; with them the hosts of the cloud, and while developing both. */
export function destinations(
  authenticated: boolean,
  production: boolean,
  cloud: Cloud,
  more: readonly string[] = [],
): Destinations {
  return { loopback: !production, hosts: authenticated ? [...cloud.serviceHosts, ...more] : [] }
}

/**
 * The bot posts its replies, with its own token, to the address an activity names. So an address is followed only
 * if it was allowed beforehand.
 * @throws AppError service-url-not-allowed
 */
export function checkServiceUrl(serviceUrl: string, { loopback, hosts }: Destinations): void {
  const url = URL.canParse(serviceUrl) ? new URL(serviceUrl) : undefined
  if (url && url.username === '' && url.password === '') {
    if (loopback && (url.protocol === 'http:' || url.protocol === 'https:') && isLoopbackHost(url.hostname))
      return
    if (url.protocol === 'https:' && url.port === '' && hosts.some((host) => covers(host, url.hostname)))
      return
  }
  throw new AppError('service-url-not-allowed', {
    detail: `Replies may not be sent to ${JSON.stringify(serviceUrl.slice(0, 200))}.`,
    remedy:
      hosts.length === 0
        ? 'Without MicrosoftAppId only this machine is answered: use http://localhost:<port>, as the Emulator does.'
        : 'Use a connector of the Azure the bot is registered in, or let the operator allow its host.',
    subject: 'serviceUrl',
  })
}

/**
 * Without credentials anyone who reaches the port could speak as anyone, so only programs of this machine may.
 * A proxy or a page of another site would look like one: forwarded requests and other hosts are refused as well.
 * @throws AppError service-url-not-allowed
 */
export function checkLocalCaller(
  remoteAddress: string | undefined,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): void {
  const { host, origin } = headers
  const forwarded = 'forwarded' in headers || 'x-forwarded-for' in headers || 'via' in headers
  const local = isLoopbackAddress(remoteAddress ?? '') && namesLoopback(`http://${String(host)}`)
  if (local && !forwarded && (origin === undefined || namesLoopback(String(origin)))) return
  throw new AppError('service-url-not-allowed', {
    detail: 'Without MicrosoftAppId this address answers callers on this machine only.',
    remedy: 'Call it from this machine as localhost, or set MicrosoftAppId and MicrosoftAppPassword.',
  })
}

function namesLoopback(address: string): boolean {
  return URL.canParse(address) && isLoopbackHost(new URL(address).hostname)
}

/** `hostname` is as URL gives it: lower case, addresses in their plain form. */
function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || isLoopbackAddress(hostname.replace(/^\[(.*)\]$/, '$1'))
}

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

function isLoopbackAddress(address: string): boolean {
  const family = isIP(address)
  // A socket that takes both families names IPv4 peers as ::ffff:127.0.0.1; BlockList knows that.
  return family !== 0 && LOOPBACK.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

function covers(allowed: string, hostname: string): boolean {
  return allowed.startsWith('.') ? hostname.endsWith(allowed) : hostname === allowed
}
