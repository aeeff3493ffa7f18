import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startTestApp, type TestApp } from '../support/app.ts'
import { directLineTalker } from '../support/direct-line-talker.ts'
import { expectRefusal, SECRET, SIGNING_KEY, startTarget, type Target } from './support.ts'

const KEY = SIGNING_KEY.toString('base64')
/** What production asks for at least. */
const PRODUCTION = {
  ...{ NODE_ENV: 'production', BOT_FRAMEWORK: 'off', DIRECT_LINE_SIGNING_KEYS: KEY, RATE_LIMITS: '' },
  ...{ ENCRYPTION_KEYS: `one:${KEY}`, PUBLIC_URL: 'https://filing.example.com' },
}
const running: TestApp[] = []
afterEach(async () => {
  for (const app of running.splice(0)) await app.end()
})
async function start(environment: NodeJS.ProcessEnv): Promise<TestApp> {
  const app = await startTestApp(environment)
  running.push(app)
  return app
}

describe('the headers of every answer', () => {
  let target: Target
  beforeAll(async () => {
    target = await startTarget({ ...PRODUCTION })
  })
  afterAll(() => target.end())

  const ROUTES = [
    ...[
      '/',
      '/demo',
      '/page.css',
      '/demo.css',
      '/favicon.svg',
      '/widget.js',
      '/healthz',
      '/readyz',
      '/nowhere',
    ],
    ...['/api/ask', '/api/assess', '/api/messages', '/api/cases/mine', '/download/dossier.pdf', '/metrics'],
    ...['/v3/directline/tokens/generate', '/v3/directline/tokens/refresh', '/v3/directline/conversations'],
    ...[
      '/v3/directline/conversations/x',
      '/v3/directline/conversations/x/activities',
      '/v3/directline/nowhere',
    ],
  ]
  const METHODS = ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']

  it.each(ROUTES)('%s', async (path) => {
    for (const method of METHODS) {
      const { headers } = await target.send(path, { method })
      expect(headers['x-content-type-options'], method).toBe('nosniff')
      expect(headers['x-frame-options']).toBe('DENY')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['strict-transport-security']).toMatch(/^max-age=\d{8}/)
      expect(headers['permissions-policy']).toContain('camera=()')
      expect(headers['cross-origin-opener-policy']).toBe('same-origin')
      expect(headers['cross-origin-resource-policy']).toMatch(
        path === '/widget.js' ? /origin$/ : /^same-origin$/,
      )
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe|\*/)
      expect(headers['server'] ?? headers['x-powered-by']).toBeUndefined()
    }
  })

  it('keep metrics off the main port in production', async () => {
    expect((await target.send('/metrics')).status).toBe(404)
  })
})

describe('production', () => {
  it('does not start with /api/messages open to all', async () => {
    await expect(startTestApp({ ...PRODUCTION, BOT_FRAMEWORK: 'on' })).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('MicrosoftAppId') as string,
    })
  })

  it('serves metrics on a port of their own, and nothing else there', async () => {
    const { createServer } = await import('node:net')
    const probe = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => probe.once('listening', resolve))
    const port = (probe.address() as { port: number }).port
    await new Promise((resolve) => probe.close(resolve))
    await start({ ...PRODUCTION, ADMIN_PORT: String(port) })
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(200)
    for (const path of ['/api/ask', '/v3/directline/tokens/generate', '/api/cases/mine'])
      expect((await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST' })).status).toBe(404)
  })
})

describe('limits', () => {
  const post = (app: TestApp, path: string, headers: Record<string, string> = {}) =>
    fetch(`${app.address}${path}`, { method: 'POST', headers })
  const statuses = async (count: number, call: () => Promise<Response>) => {
    const all: Response[] = []
    for (let time = 0; time < count; time += 1) all.push(await call())
    return all
  }

  it('on the plain API answer with a problem and the time to wait', async () => {
    const app = await start({ RATE_LIMITS: 'ask=3' })
    const last = (await statuses(4, () => post(app, '/api/ask'))).at(-1)
    expect(last?.status).toBe(429)
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    const answer = {
      status: 429,
      headers: { 'content-type': last?.headers.get('content-type') ?? '' },
      text: (await last?.text()) ?? '',
    }
    expectRefusal(answer, '/api/ask')
    expect((await post(app, '/api/%61sk')).status).toBe(429)
    expect((await post(app, '/api/assess')).status).toBe(400)
    expect((await fetch(`${app.address}/healthz`)).status).toBe(200)
  })

  it('on Direct Line answer in its form, readable by the page', async () => {
    const app = await start({ RATE_LIMITS: 'begin=3' })
    const headers = { origin: app.address }
    const last = (await statuses(4, () => post(app, '/v3/directline/tokens/generate', headers))).at(-1)
    expect(last?.status).toBe(429)
    expect(last?.headers.get('access-control-allow-origin')).toBe(app.address)
    expect(last?.headers.get('access-control-expose-headers')).toContain('Retry-After')
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await last?.json()).toMatchObject({ error: { code: 'TooManyRequests' } })
  })

  it('of one conversation leave others alone, and keep nothing of what was refused', async () => {
    const app = await start({ RATE_LIMITS: 'conversation=3' })
    const [one, two] = [await directLineTalker(app.address, 'en'), await directLineTalker(app.address, 'en')]
    for (const word of ['help', 'help', 'help']) await one.text(word)
    await expect(one.text('refused')).rejects.toThrow('429')
    expect(
      JSON.stringify(await (await one.call('GET', `conversations/${one.conversationId}/activities`)).json()),
    ).not.toContain('refused')
    expect((await two.text('help')).length).toBeGreaterThan(0)
  })

  it('of one token hold for its polling', async () => {
    const app = await start({ RATE_LIMITS: 'token=5' })
    const one = await directLineTalker(app.address, 'en')
    const all = await statuses(7, () => one.call('GET', `conversations/${one.conversationId}/activities`))
    expect(all.at(-1)?.status).toBe(429)
  })

  it('of one address hold for sockets too, behind a proxy for whom it forwards', async () => {
    const app = await start({ RATE_LIMITS: 'address=5', TRUST_PROXY: 'true' })
    const from = (address: string) => ({ 'x-forwarded-for': address })
    const all = await statuses(6, () => post(app, '/api/ask', from('1.1.1.1, 8.8.8.8')))
    expect(all.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 429])
    expect((await post(app, '/api/ask', from('8.8.8.8, 8.8.4.4'))).status).toBe(400)
    const socket = new WebSocket(
      `${app.address.replace('http', 'ws')}/v3/directline/conversations/x/stream?t=a`,
      {
        headers: from('8.8.8.8'),
      },
    )
    const response = await new Promise<{ statusCode?: number; headers: Record<string, unknown> }>(
      (resolve) => {
        socket.on('unexpected-response', (_request, refused) => resolve(refused))
        socket.on('error', () => undefined)
      },
    )
    expect(response.statusCode).toBe(429)
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0)
    socket.terminate()
  })

  it('of messages hold for /api/messages', async () => {
    const app = await start({ RATE_LIMITS: 'conversation=2' })
    const account = { id: 'x', name: 'x' }
    const body = JSON.stringify({
      ...{ type: 'message', text: 'hello', channelId: 'emulator', deliveryMode: 'expectReplies' },
      ...{
        serviceUrl: 'http://127.0.0.1:9/',
        from: account,
        recipient: { id: 'bot' },
        conversation: { id: 'c' },
      },
    })
    const headers = { 'content-type': 'application/json' }
    const all = await statuses(3, () =>
      fetch(`${app.address}/api/messages`, { method: 'POST', headers, body }),
    )
    expect(all.map(({ status }) => status)).toEqual([200, 200, 429])
    expect(all.at(-1)?.headers.get('content-type')).toContain('problem+json')
  })

  it('let the holder of the secret pass, who speaks for many', async () => {
    const app = await start({ RATE_LIMITS: 'begin=2,address=9', DIRECT_LINE_SECRET: SECRET })
    const headers = { authorization: `Bearer ${SECRET}` }
    const all = await statuses(15, () => post(app, '/v3/directline/tokens/generate', headers))
    expect(all.every(({ status }) => status === 200)).toBe(true)
  })
})
