import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPageReader } from '../../src/server/page-check/page-reader.ts'
import { publicAddresses } from '../../src/server/page-check/public-address.ts'
import { brain } from '../support/brain.ts'
import { INSIDE, NAMES, NO_PAGE } from './inputs/addresses.ts'

const isPublic = publicAddresses(brain.following.values.ipRanges.ranges.map(({ range }) => range))

/** The inside: whoever gets here has got around the check. */
let reached = 0
const inside = createServer((request, response) => {
  reached += 1
  const to = new URL(request.url ?? '', 'http://inside.example').searchParams.get('to')
  if (request.url === '/circle') response.writeHead(302, { location: '/circle' })
  else if (to !== null) response.writeHead(302, { location: Buffer.from(to).toString('latin1') })
  else response.writeHead(200, { 'content-type': 'text/html' })
  response.end('<p>secret of the inside</p>')
})
let port = 0
beforeAll(async () => {
  inside.listen(0, '127.0.0.1')
  await once(inside, 'listening')
  port = (inside.address() as AddressInfo).port
})
afterAll(() => inside.close())

/** As in production, but that names are resolved here. */
function read(address: string, addresses: readonly string[] = ['127.0.0.1']) {
  return createPageReader({ isAllowed: isPublic, resolve: async () => addresses, timeLimitMs: 5_000 })(
    address,
  )
}

describe('a page of the inside', () => {
  it.each(INSIDE)('%s is not fetched', async (address) => {
    expect(await read(address)).toMatchObject({ ok: false, problem: 'address-refused' })
  })

  it.each(NO_PAGE)('%j is not fetched', async (address) => {
    const result = await read(address)
    expect(result.ok).toBe(false)
    expect(['address-invalid', 'address-refused']).toContain(!result.ok && result.problem)
  })

  it.each(NAMES)('%s is not fetched', async (name, addresses) => {
    const result = await read(`http://${name}/`, addresses)
    expect(result).toMatchObject({ ok: false })
    expect(reached).toBe(0)
  })
})

describe('a page that leads inside', () => {
  /** The first server is allowed for once; what it leads to is not. */
  const follow = (to: string, resolve: (host: string) => string) => {
    let allowed = 1
    return createPageReader({
      isAllowed: (address) => isPublic(address) || (address === '127.0.0.1' && allowed-- > 0),
      ports: [port, 80, 443],
      resolve: async (host) => [resolve(host)],
      timeLimitMs: 5_000,
    })(`http://outside.example:${port}/?to=${encodeURIComponent(to)}`)
  }

  it.each([...INSIDE, 'file:///etc/passwd', 'gopher://127.0.0.1:1/', '//127.0.0.1/', 'http://localhost/'])(
    'by a redirect to %s is not followed',
    async (to) => {
      const before = reached
      expect(await follow(to, () => '127.0.0.1')).toMatchObject({ ok: false })
      expect(reached - before).toBe(1)
    },
  )

  it('by a name that changes between the check and the request is asked once', async () => {
    const asked: string[] = []
    let turn = 0
    const result = await createPageReader({
      isAllowed: (address) => address !== '127.0.0.2',
      ports: [port],
      resolve: async (host) => {
        asked.push(host)
        return [turn++ === 0 ? '127.0.0.1' : '127.0.0.2']
      },
      timeLimitMs: 5_000,
    })(`http://rebinding.example:${port}/`)
    expect(result.ok).toBe(true)
    expect(asked).toEqual(['rebinding.example'])
  })

  it('by a name that changes between two redirects is refused', async () => {
    let turn = 0
    const before = reached
    const result = await follow(`http://outside.example:${port}/`, () =>
      turn++ === 0 ? '127.0.0.1' : '10.0.0.1',
    )
    expect(result).toMatchObject({ ok: false, problem: 'address-refused' })
    expect(reached - before).toBe(1)
  })

  it('in a circle ends', async () => {
    const before = reached
    const result = await createPageReader({
      isAllowed: () => true,
      ports: [port],
      resolve: async () => ['127.0.0.1'],
    })(`http://circle.example:${port}/circle`)
    expect(result).toEqual({ ok: false, problem: 'redirects' })
    expect(reached - before).toBeLessThanOrEqual(7)
  })
})
