import { BlockList, isIP } from 'node:net'
import type { Text } from '../../language.ts'
import { tidy, TEXT_LIMIT } from './tidy.ts'
import { accepted, note, refused, type Context, type Invalid, type Note, type Validation } from './validation.ts'
import type { IpRangeData } from './schema.ts'

export interface IpParts {
  readonly addresses: readonly string[]
}

const MOST_ADDRESSES = 50
/** Global unicast, the only IPv6 space that is routed. */
const GLOBAL_V6 = /^[23]/

/** Public IPv4 or IPv6 addresses of the server; several are joined with semicolons, as the official form wants. */
export function ipAddresses(text: string, context: Context): Validation<IpParts> {
  const plain = tidy(text)
    ?.replace(/[。｡]/g, '.')
    .toLowerCase()
    .replace(/[a-z]+:\/\//g, ' ')
  if (plain === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const pieces = plain.split(/[^0-9a-z:.%/[\]-]+/).filter(looksLikeAddress)
  if (pieces.length === 0)
    return /[a-z0-9]\.[a-z]{2,}/.test(plain) ? refused('ip.is-domain') : refused('ip.missing')
  const addresses = new Set<string>()
  const notes = new Map<string, Note>()
  for (const piece of pieces) {
    const read = readAddress(piece, context.book.ipRanges)
    if ('ok' in read) return read
    addresses.add(read.address)
    read.notes.forEach((found) => notes.set(found.code, found))
  }
  if (addresses.size > MOST_ADDRESSES) return refused('ip.too-many', { limit: String(MOST_ADDRESSES) })
  return accepted([...addresses].join(';'), { addresses: [...addresses] }, [...notes.values()])
}

function looksLikeAddress(typed: string): boolean {
  const piece = typed.replace(/%.*$/, '')
  return /^:?\d+(\.\d*){2,}([:/]|$)/.test(piece) || (/^[^.]*:.*:/.test(piece) && /[0-9a-f]|::/.test(piece) && !/[g-z]{2}/.test(piece))
}

function readAddress(piece: string, data: IpRangeData): { address: string; notes: readonly Note[] } | Invalid {
  if (/^\[?[0-9a-f:.]+\]?\/\d{1,3}$/.test(piece)) return refused('ip.network', { typed: cut(piece) })
  const { host, port } = withoutPort(piece.replace(/^:(?!:)/, '').replace(/[.-]+$/, ''))
  const typed = host.replace(/%.*$/, '')
  const family = isIP(typed)
  if (family === 0) return refused('ip.malformed', { typed: cut(piece) })
  const canonical = family === 4 ? typed : shortForm(typed)
  const mapped = family === 6 ? insideMapped(canonical) : undefined
  const address = mapped ?? canonical
  const range = rangeOf(address, data)
  if (range) return refused('ip.not-public', { address, range })
  return {
    address,
    notes: [
      ...(port ? [note('ip.port-cut', { address })] : []),
      ...(mapped === undefined ? [] : [note('ip.mapped', { address })]),
    ],
  }
}

function withoutPort(piece: string): { host: string; port: boolean } {
  const bracketed = /^\[([^\]]+)\](:\d*)?/.exec(piece)
  if (bracketed) return { host: bracketed[1] ?? '', port: bracketed[2] !== undefined }
  const four = /^(\d+(?:\.\d+){2,})([:/].*)$/.exec(piece)
  return four ? { host: four[1] ?? '', port: true } : { host: piece.replace(/\/$/, ''), port: false }
}

/** The one way RFC 5952 writes an IPv6 address. */
function shortForm(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1)
}

/** The IPv4 address inside an IPv4-mapped one, whose short form is `::ffff:` and two groups. */
function insideMapped(address: string): string | undefined {
  const groups = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address)
  if (!groups) return undefined
  const numbers = groups.slice(1).map((group) => Number.parseInt(group, 16))
  return numbers.flatMap((number) => [number >> 8, number & 255]).join('.')
}

/** The special range an address lies in; `undefined` for one the world can reach. */
function rangeOf(address: string, data: IpRangeData): Text | undefined {
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6'
  const special = data.ranges.find(({ range }) => {
    const [network = '', bits] = range.split('/')
    if ((isIP(network) === 4 ? 'ipv4' : 'ipv6') !== family) return false
    const list = new BlockList()
    list.addSubnet(network, Number(bits), family)
    return list.check(address, family)
  })
  if (special) return special.label
  return family === 'ipv6' && !GLOBAL_V6.test(address) ? data.unrouted : undefined
}

function cut(typed: string): string {
  return typed.length > 60 ? `${typed.slice(0, 60)}…` : typed
}
