import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

export interface AddressSettings {
  /** Whether X-Forwarded-For comes from a proxy of ours. */
  readonly trustProxy: boolean
  /** Whether an address is one of the internet, and not of our own proxies. */
  readonly isPublic: (address: string) => boolean
}

/**
 * Whom to count a request for. Of X-Forwarded-For only the end is written by proxies of ours, and what stands before
 * may be made up: so it is read from the end, past addresses of the inside. IPv6 counts by /64, which is what one
 * subscriber gets.
 */
export function clientAddress(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  { trustProxy, isPublic }: AddressSettings,
): string {
  const peer = socket.remoteAddress ?? 'unknown'
  if (!trustProxy) return network(peer)
  const chain = [headers['x-forwarded-for'] ?? []]
    .flat()
    .flatMap((header) => header.split(','))
    .map((part) => withoutPort(part.trim()))
    .filter((address) => isIP(address) !== 0)
  return network(chain.findLast((address) => isPublic(address)) ?? chain.at(-1) ?? peer)
}

/** An IPv4 address as it is, also where IPv6 carries it; of an IPv6 address its /64. */
export function network(address: string): string {
  const plain = address.replace(/%.*$/, '')
  if (isIP(plain) !== 6) return plain
  const groups = groupsOf(new URL(`http://[${plain}]`).hostname.slice(1, -1))
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.')
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

function groupsOf(address: string): readonly number[] {
  const [head = '', tail] = address.split('::')
  const read = (part: string) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16)))
  const [first, last] = [read(head), read(tail ?? '')]
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last]
}

/** Some proxies write `192.0.2.1:443` or `[2001:db8::1]:443`. */
function withoutPort(text: string): string {
  return /^\[([^\]]+)\](:\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
}
