import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import type { Next, Request, Response, Server } from 'restify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError, ERROR_CODES } from '../../src/errors.ts'
import { createHttpServer } from '../../src/server/http.ts'
import { toProblem } from '../../src/server/problem.ts'

const LIMIT = 2_000
const logged: { fields: { err?: unknown; instance?: string }; message: string }[] = []
let server: Server
let base: string
let port: number

beforeAll(async () => {
  server = createHttpServer({
    maxBodyBytes: LIMIT,
    log: { error: (fields, message) => logged.push({ fields, message }) },
  })
  server.post('/echo', async (request: Request, response: Response) => {
    response.send(200, { body: (request.body as unknown) ?? null, raw: (request.rawBody as unknown) ?? null })
  })
  server.get('/query/:id', async (request: Request, response: Response) => {
    response.send(200, { query: request.query as unknown, id: (request.params as { id: string }).id })
  })
  server.get('/app-error', async () => {
    throw new AppError('answer-key-unknown', { detail: 'No key x.', remedy: 'Use y.', subject: 'x' })
  })
  server.get('/unknown-error', async () => {
    throw new Error('secret database password')
  })
  server.get('/thrown-text', async () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw 'secret text'
  })
  server.get('/sync-throw', (request: Request, _response: Response, next: Next) => {
    if (request.method === 'GET') throw new Error('secret at once')
    next()
  })
  server.get('/silent', async () => undefined)
  server.get('/locked', async () => {
    throw new AppError('store-locked', { detail: 'secret path', remedy: 'secret remedy' })
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  port = server.address().port
  base = `http://127.0.0.1:${port}`
})

afterAll(() => {
  server.server.closeAllConnections()
  return new Promise((resolve) => void server.close(() => resolve(undefined)))
})
beforeEach(() => {
  logged.length = 0
})

async function ask(path: string, init?: RequestInit) {
  const response = await fetch(base + path, init)
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: JSON.parse(text || 'null') as Record<string, unknown>,
  }
}

function post(
  body: string | Buffer,
  headers: Record<string, string> = { 'content-type': 'application/json' },
) {
  return ask('/echo', { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers })
}

/** Sends bytes as they are and gives back what comes until the server closes or falls silent. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (data) => (answer += data.toString()))
  socket.on('error', () => undefined)
  socket.setTimeout(400, () => socket.destroy())
  socket.write(bytes)
  await once(socket, 'close')
  return answer
}

describe('bodies', () => {
  it('gives the handler the parsed value and its text', async () => {
    const { status, json } = await post('{"a":[1,"中"]}')
    expect(status).toBe(200)
    expect(json).toEqual({ body: { a: [1, '中'] }, raw: '{"a":[1,"中"]}' })
  })

  it('takes no body for what it is', async () => {
    expect((await ask('/echo', { method: 'POST' })).json).toEqual({ body: null, raw: null })
  })

  it('takes every JSON type of content', async () => {
    expect(
      (await post('1', { 'content-type': 'application/problem+json; charset=utf-8' })).json['body'],
    ).toBe(1)
  })

  it.each([
    ['broken JSON', '{"a":', {}, 400, 'body-not-json'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}, 400, 'body-not-json'],
    [
      'a form',
      'a=1',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'content-type-unsupported',
    ],
    ['compressed content', '{}', { 'content-encoding': 'gzip' }, 415, 'content-type-unsupported'],
    ['too many bytes', JSON.stringify('x'.repeat(LIMIT)), {}, 413, 'body-too-large'],
    ['a __proto__ key', '{"a":[{"__proto__":{"admin":true}}]}', {}, 400, 'request-invalid'],
    ['an escaped __proto__ key', '{"\\u005f_proto__":{"admin":true}}', {}, 400, 'request-invalid'],
    ['bottomless nesting', '['.repeat(900) + ']'.repeat(900), {}, 400, 'request-invalid'],
  ])('refuses %s with a problem that says how to mend it', async (_name, body, headers, status, code) => {
    const answer = await post(body, { 'content-type': 'application/json', ...headers })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.json).toMatchObject({ code, status, type: `urn:icp-filing-assistant:error:${code}` })
    expect(answer.json['remedy']).toMatch(/\w/)
    expect(logged).toEqual([])
  })

  it('does not quote a broken body', async () => {
    expect((await post('{"id":330102199001011234x}')).text).not.toContain('3301')
  })

  it('counts the bytes of a body without a length', async () => {
    const chunk = 'x'.repeat(500)
    const chunks = `1f4\r\n${chunk}\r\n`.repeat(6)
    const head =
      'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
    expect(await raw(`${head}${chunks}0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('survives a client that goes away in the middle of a body', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.write(
      'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a"',
    )
    setTimeout(() => socket.destroy(), 50)
    await once(socket, 'close')
    expect((await post('1')).status).toBe(200)
    expect(logged).toEqual([])
  })

  it('round-trips any JSON', async () => {
    const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes('__proto__'))
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        const text = JSON.stringify(value)
        fc.pre(Buffer.byteLength(text) <= LIMIT)
        expect((await post(text)).json['body']).toEqual(JSON.parse(text))
      }),
      { numRuns: 50 },
    )
  })
})

describe('queries', () => {
  it('are parsed and kept apart from path parameters', async () => {
    expect((await ask('/query/1?id=2&a=%E4%B8%AD')).json).toEqual({ query: { id: '2', a: '中' }, id: '1' })
  })

  it('cannot reach prototypes', async () => {
    expect((await ask('/query/1?__proto__[x]=1&constructor[prototype][x]=1')).status).toBe(200)
    expect(Reflect.get({}, 'x')).toBeUndefined()
  })
})

describe('errors', () => {
  it('tells a thrown AppError in full', async () => {
    const { status, json, headers } = await ask('/app-error')
    expect(status).toBe(400)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(json).toEqual({
      type: 'urn:icp-filing-assistant:error:answer-key-unknown',
      title: 'Unknown answer key',
      status: 400,
      code: 'answer-key-unknown',
      detail: 'No key x.',
      remedy: 'Use y.',
      subject: 'x',
    })
  })

  it('says what is not there and what is not allowed', async () => {
    expect((await ask('/nothing')).json).toMatchObject({ status: 404, code: 'not-found' })
    const wrong = await ask('/echo', { method: 'DELETE' })
    expect(wrong.json).toMatchObject({ status: 405, code: 'method-not-allowed' })
    expect(wrong.headers.get('allow')).toBe('POST')
  })

  it.each(['/unknown-error', '/thrown-text', '/sync-throw', '/silent', '/locked'])(
    '%s: tells nothing of the inside, and logs the cause under the id it gives',
    async (path) => {
      const { status, json, text } = await ask(path)
      expect(status).toBe(path === '/locked' ? 503 : 500)
      expect(json['detail']).toBe('The request could not be completed because of a fault on this side.')
      expect(text).not.toMatch(/secret|restify|\.ts|\.js| at /)
      expect(logged).toHaveLength(1)
      expect(logged[0]?.fields.instance).toBe(json['instance'])
      expect(logged[0]?.fields.err).toBeInstanceOf(Error)
    },
  )

  it('never puts the query, which may hold a token, into the log', async () => {
    await ask('/unknown-error?t=abc')
    expect(logged[0]?.message).toBe('GET /unknown-error failed')
  })

  it('has a status and a title for every code, and hides those of this side', () => {
    for (const code of ERROR_CODES) {
      const problem = toProblem(new AppError(code, { detail: 'secret', remedy: 'secret' }))
      expect(problem.status).toBeGreaterThanOrEqual(400)
      expect(JSON.stringify(problem).includes('secret')).toBe(problem.status < 500)
    }
  })
})

describe('the wire', () => {
  it('names no server, and sets security headers on every answer', async () => {
    for (const path of ['/query/1', '/nothing', '/app-error']) {
      const { headers } = await ask(path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('server')).toBeNull()
      expect(headers.get('x-powered-by')).toBeNull()
    }
  })

  it.each([
    ['a Host that is no host', 'GET / HTTP/1.1\r\nHost: [\r\n\r\n'],
    ['a target that is no address', 'GET http://[x/ HTTP/1.1\r\nHost: x\r\n\r\n'],
    [
      'an upgrade to something else',
      'GET /query/1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
    ],
  ])('answers 400 to %s and lives on', async (_name, bytes) => {
    expect(await raw(bytes)).toMatch(/^HTTP\/1\.1 400 /)
    expect((await ask('/query/1')).status).toBe(200)
  })

  it('never fails on odd paths', async () => {
    const target = fc.string({
      unit: fc.constantFrom('/', '%', '0', 'a', ':', '[', ']', '?', '#', '\\', '@', '*', '.'),
    })
    await fc.assert(
      fc.asyncProperty(target, async (text) => {
        const answer = await raw(`GET /${text} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
        expect(answer).toMatch(/^HTTP\/1\.1 [24]/)
      }),
      { numRuns: 100 },
    )
    expect(logged).toEqual([])
  })
})
