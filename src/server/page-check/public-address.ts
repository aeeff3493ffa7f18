import { BlockList, isIP } from 'node:net'

/** Public by their number, and yet answered inside a cloud only: Azure's own services. */
const CLOUD_INSIDE = ['168.63.129.16/32']

/**
 * Tells whether an address belongs to the public internet. Whatever carries an IPv4 address inside (mapped, 6to4,
 * NAT64, Teredo) and all IPv6 space that is not routed counts as special.
 * @param ranges special ranges such as `10.0.0.0/8`: rules/values/ip-ranges.yaml
 */
export function publicAddresses(ranges: readonly string[]): (address: string) => boolean {
  const special = new BlockList()
  for (const range of [...ranges, ...CLOUD_INSIDE]) {
    const [network = '', bits = ''] = range.split('/')
    special.addSubnet(network, Number(bits), isIP(network) === 6 ? 'ipv6' : 'ipv4')
  }
  return (address) => {
    const family = isIP(address)
    if (family === 4) return !special.check(address, 'ipv4')
    if (family !== 6 || address.includes('%')) return false
    // Only 2000::/3 is routed; the short form of what lies there begins with 2 or 3 and four digits.
    return /^[23][0-9a-f]{3}:/i.test(address) && !special.check(address, 'ipv6')
  }
}
