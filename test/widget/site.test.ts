import { existsSync } from 'node:fs'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import restify from 'restify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mountSite } from '../../src/server/site.ts'
import { FILES } from './browser.ts'

describe.skipIf(!existsSync(`${FILES}widget.js`))('the site', () => {
  const server = restify.createServer()
  let address = ''
  beforeAll(async () => {
    mountSite(server, { files: FILES })
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${((server.server as HttpServer).address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())

  it('answers the page under a strict policy', async () => {
    const response = await fetch(address)
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`connect-src 'self' ws://${address.slice(7)}`)
    expect(policy).not.toContain('unsafe')
    const body = await response.text()
    expect(body).toContain('<icp-filing-assistant')
    expect(body).not.toMatch(/https?:\/\//)
  })

  it('gives the script to every origin, compressed, and once', async () => {
    const response = await fetch(`${address}/widget.js`)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect((await response.text()).length).toBeGreaterThan(10_000)
    const etag = response.headers.get('etag') ?? ''
    const again = await fetch(`${address}/widget.js`, { headers: { 'if-none-match': `W/${etag}` } })
    expect(again.status).toBe(304)
    const plain = await fetch(`${address}/widget.js`, { headers: { 'accept-encoding': 'gzip;q=0' } })
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(plain.headers.get('etag')).not.toBe(etag)
  })

  it('answers HEAD without a body', async () => {
    const response = await fetch(`${address}/demo`, { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(100)
  })

  it('says what to do when the build is missing', () => {
    expect(() => mountSite(restify.createServer(), { files: '/nowhere' })).toThrow(
      expect.objectContaining({
        code: 'config-invalid',
        remedy: 'Build it first: npm run build:widget',
      }) as Error,
    )
  })
})
