import { describe, expect, it } from 'vitest'
import { clientAddress, network } from '../../../src/server/rate-limit/client-address.ts'
import { publicAddresses } from '../../../src/server/page-check/public-address.ts'
import { brain } from '../../support/brain.ts'

const isPublic = publicAddresses(brain.following.values.ipRanges.ranges.map(({ range }) => range))
const from = (remoteAddress: string | undefined, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as Parameters<typeof clientAddress>[0]

describe('the network of an address', () => {
  it.each([
    ['8.8.8.8', '8.8.8.8'],
    ['::ffff:8.8.8.8', '8.8.8.8'],
    ['::FFFF:0808:0808', '8.8.8.8'],
    ['2400:3200:1:2:3:4:5:6', '2400:3200:1:2::/64'],
    ['2400:3200:0001:0002::9', '2400:3200:1:2::/64'],
    ['2400:3200::1', '2400:3200:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s counts as %s', (address, expected) => {
    expect(network(address)).toBe(expected)
  })
})

describe('whom a request counts for', () => {
  it('without a proxy of ours it is who connects, whatever the header says', () => {
    const settings = { trustProxy: false, isPublic }
    expect(clientAddress(from('8.8.4.4', '1.1.1.1'), settings)).toBe('8.8.4.4')
    expect(clientAddress(from(undefined), settings)).toBe('unknown')
  })

  it.each([
    ['1.1.1.1', '1.1.1.1'],
    ['1.1.1.1, 8.8.8.8', '8.8.8.8'],
    ['1.1.1.1, 8.8.8.8, 10.0.0.7', '8.8.8.8'],
    ['8.8.8.8:4711, 172.16.0.2:80', '8.8.8.8'],
    ['[2400:3200::1]:443', '2400:3200:0:0::/64'],
    ['10.0.0.1, 10.0.0.2', '10.0.0.2'],
    ['<script>, 8.8.8.8', '8.8.8.8'],
    ['nobody', '127.0.0.1'],
    ['', '127.0.0.1'],
  ])('behind one, "%s" is %s', (forwarded, expected) => {
    expect(clientAddress(from('127.0.0.1', forwarded), { trustProxy: true, isPublic })).toBe(expected)
  })
})
