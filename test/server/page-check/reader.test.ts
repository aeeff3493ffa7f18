import { createServer as createHttp, type RequestListener, type Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { createServer as createTcp, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createPageReader, type PageReaderOptions } from '../../../src/server/page-check/page-reader.ts'
import { publicAddresses } from '../../../src/server/page-check/public-address.ts'
import { loadValueBook } from '../../../src/rules/values/value-book.ts'
import { SELF_SIGNED } from './self-signed.ts'

const values = loadValueBook(new URL('../../../rules', import.meta.url).pathname)
const isPublic = publicAddresses(values.ipRanges.ranges.map(({ range }) => range))

const servers: (Server | TcpServer)[] = []
const sockets = new Set<Socket>()
afterEach(async () => {
  const closed = servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve)))
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  await Promise.all(closed)
})

async function listening(server: Server | TcpServer): Promise<number> {
  servers.push(server)
  server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
const serve = (listener: RequestListener) => listening(createHttp(listener))

/** A reader to which `site.test` is the test's own server; everything else is as in production. */
function reader(port: number, more: Partial<PageReaderOptions> = {}) {
  const asked: string[] = []
  const read = createPageReader({
    isAllowed: (address) => address === '127.0.0.1' || isPublic(address),
    ports: [port],
    resolve: async (host) => {
      asked.push(host)
      return host === 'site.test' ? ['127.0.0.1'] : ['10.0.0.5']
    },
    timeLimitMs: 20_000,
    ...more,
  })
  return { read, asked }
}

const page =
  (body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers })
    response.end(body)
  }

describe('a page', () => {
  it('is read with its text and links, without cookies, under its own name', async () => {
    const seen: unknown[] = []
    const port = await serve((request, response) => {
      seen.push(request.headers.host, request.headers.cookie, request.url, request.headers['accept-encoding'])
      response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'a=b' })
      response.end('<p>浙ICP备<b>2026</b>001号-1</p><a href="/x">y</a>')
    })
    const { read } = reader(port)
    expect(await read(`http://site.test:${port}/a?b=c#d`)).toEqual({
      ok: true,
      address: `http://site.test:${port}/a?b=c`,
      text: '\n浙ICP备2026001号-1\ny',
      links: [{ href: `http://site.test:${port}/x`, text: 'y' }],
    })
    expect(seen).toEqual([`site.test:${port}`, undefined, '/a?b=c', 'identity'])
  })

  it('may be in another encoding, and packed although nobody asked', async () => {
    const gbk = Buffer.from([0xd5, 0xe3, 0x49, 0x43, 0x50, 0xb1, 0xb8])
    const port = await serve((request, response) => {
      if (request.url === '/gbk') {
        response.writeHead(200, { 'content-type': 'text/html; charset=gbk' })
        return response.end(gbk)
      }
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
      return response.end(gzipSync('packed'))
    })
    const { read } = reader(port)
    expect(await read(`http://site.test:${port}/gbk`)).toMatchObject({ ok: true, text: '浙ICP备' })
    expect(await read(`http://site.test:${port}/`)).toMatchObject({ ok: true, text: 'packed' })
  })

  it('is found after redirects, up to five', async () => {
    const port = await serve((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) return page('there')(request, response)
      response.writeHead(302, { location: `/${left - 1}` })
      return response.end()
    })
    const { read, asked } = reader(port)
    expect(await read(`http://site.test:${port}/5`)).toMatchObject({ ok: true, text: 'there' })
    expect(asked).toHaveLength(6)
    expect(await read(`http://site.test:${port}/6`)).toEqual({ ok: false, problem: 'redirects' })
  })
})

describe('the inside', () => {
  it.each([
    'http://127.0.0.1/',
    'http://localhost/',
    'http://10.1.2.3/',
    'http://192.168.0.1/',
    'http://172.16.9.9/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.100.100.200/',
    'http://168.63.129.16/',
    'http://0.0.0.0/',
    'http://0/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a00:1]/',
    'http://[64:ff9b::a00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:7f00:1::]/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://[fec0::1]/',
    'http://[ff02::1]/',
    'http://[::127.0.0.1]/',
    'http://255.255.255.255/',
    'http://224.0.0.1/',
    'http://198.18.0.1/',
    'http://１２７.０.０.１/',
    'http://127.0.0.1./',
    'http://①②⑦.0.0.1/',
    'http://inside.test/',
  ])('%s is not fetched', async (address) => {
    const { read } = reader(80, { isAllowed: isPublic, ports: [80, 443] })
    const found = await read(address)
    expect(found.ok).toBe(false)
    expect(['address-refused', 'address-invalid']).toContain(found.ok ? '' : found.problem)
  })

  it.each([
    '',
    ' ',
    'ftp://site.test/',
    'file:///etc/passwd',
    'gopher://site.test',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://user:pass@site.test/',
    'http://user@site.test/',
    'http://',
    'http://site',
    'https://',
    'site',
    '//',
    'http:///x',
    `http://site.test/${'x'.repeat(2_000)}`,
    'http://site..test/',
    'ht!tp://x.test',
    'http://[::1',
    'http://site.test:99999/',
  ])('%j is no address', async (address) => {
    const { read, asked } = reader(80)
    expect(await read(address)).toEqual({ ok: false, problem: 'address-invalid' })
    expect(asked).toEqual([])
  })

  it('behind odd ports is not fetched', async () => {
    const { read, asked } = reader(80, { ports: [80, 443] })
    for (const port of [22, 25, 6379, 8080, 3978])
      expect(await read(`http://site.test:${port}/`)).toEqual({ ok: false, problem: 'address-refused' })
    expect(asked).toEqual([])
  })

  it('behind a redirect is not fetched', async () => {
    let hits = 0
    for (const location of [
      'http://127.0.0.2/',
      'http://inside.test/',
      'http://[::1]/',
      '//169.254.169.254/',
      'file:///etc/passwd',
      'ftp://site.test/',
      'http://a:b@site.test/',
    ]) {
      const port = await serve((_request, response) => {
        hits += 1
        response.writeHead(301, { location })
        response.end()
      })
      const { read } = reader(port, {
        ports: [port, 80, 443],
      })
      expect(await read(`http://site.test:${port}/`)).toEqual({ ok: false, problem: 'address-refused' })
    }
    expect(hits).toBe(7)
  })

  it('among several addresses is enough to refuse, and a name is resolved once only', async () => {
    const port = await serve(page('x'))
    const mixed = reader(port, { resolve: async () => ['127.0.0.1', '10.0.0.1'] })
    expect(await mixed.read(`http://site.test:${port}/`)).toEqual({ ok: false, problem: 'address-refused' })
    let answers = 0
    const turning = reader(port, {
      resolve: async () => [['127.0.0.1'], ['10.0.0.1']][Math.min(1, answers++)]!,
    })
    expect(await turning.read(`http://site.test:${port}/`)).toMatchObject({ ok: true })
    expect(answers).toBe(1)
  })

  it('is told from the outside by address', () => {
    for (const outside of ['8.8.8.8', '47.96.0.1', '2400:3200::1', '2606:4700:4700::1111'])
      expect(isPublic(outside)).toBe(true)
    for (const odd of ['', 'x', '2400:3200::1%eth0', '1.2.3', '::ffff:8.8.8.8'])
      expect(isPublic(odd)).toBe(false)
  })
})

describe('a server that means ill', () => {
  const limits = { sizeLimit: 100_000, timeLimitMs: 600 }

  it('and never ends its page is left', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      const write = () => {
        while (response.writable && response.write('x'.repeat(16_384)));
        response.once('drain', write)
      }
      write()
    })
    expect(await reader(port, { ...limits, timeLimitMs: 20_000 }).read(`http://site.test:${port}/`)).toEqual({
      ok: false,
      problem: 'too-large',
    })
  })

  it('and announces a gigabyte is left before its body', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1073741824' })
      response.write('x')
    })
    expect(await reader(port).read(`http://site.test:${port}/`)).toEqual({ ok: false, problem: 'too-large' })
  })

  it('and packs a gigabyte into little is left at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    expect(bomb.length).toBeLessThan(100_000)
    const port = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
      response.end(bomb)
    })
    expect(await reader(port, { sizeLimit: 100_000 }).read(`http://site.test:${port}/`)).toEqual({
      ok: false,
      problem: 'too-large',
    })
  })

  it('and sends nothing, or a byte now and then, is left in time', async () => {
    const silent = await listening(createTcp(() => undefined))
    const drip = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      const timer = setInterval(() => response.write('x'), 50)
      response.on('close', () => clearInterval(timer))
    })
    const headers = await listening(
      createTcp((socket) => {
        socket.on('error', () => undefined)
        socket.write('HTTP/1.1 200 OK\r\n')
        const timer = setInterval(() => socket.write('X-A: b\r\n'), 50)
        socket.on('close', () => clearInterval(timer))
      }),
    )
    for (const port of [silent, drip, headers])
      expect(await reader(port, limits).read(`http://site.test:${port}/`)).toEqual({
        ok: false,
        problem: 'too-slow',
      })
  })

  it('and a resolver that never answers are left in time', async () => {
    const { read } = reader(80, { ...limits, resolve: () => new Promise(() => undefined) })
    expect(await read('http://site.test/')).toEqual({ ok: false, problem: 'too-slow' })
  })

  it.each([
    [
      'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: abc\r\n\r\n',
      ['unreadable', 'not-reached'],
    ],
    ['SSH-2.0-OpenSSH\r\n', ['unreadable']],
    [`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`, ['unreadable']],
    [
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
      ['unreadable', 'status'],
    ],
    ['', ['not-reached']],
  ])('and answers %j is said not to be readable', async (answer, problems) => {
    const port = await listening(
      createTcp((socket) => {
        socket.on('error', () => undefined)
        socket.once('data', () => socket.end(answer))
      }),
    )
    const found = await reader(port, { timeLimitMs: 5_000 }).read(`http://site.test:${port}/`)
    expect(problems).toContain(found.ok ? 'ok' : found.problem)
  })

  it.each([
    [page('x', { 'content-type': 'application/pdf' }), 'not-html'],
    [page('x', { 'content-type': 'text/htmlx' }), 'not-html'],
    [page('x', { 'content-encoding': 'constructor' }), 'unreadable'],
    [page('not gzip', { 'content-encoding': 'gzip' }), 'unreadable'],
  ] as const)('and sends something else than a page is told so', async (listener, problem) => {
    const port = await serve(listener)
    expect(await reader(port).read(`http://site.test:${port}/`)).toEqual({ ok: false, problem })
  })

  it('and errors, refuses or has no name is told so', async () => {
    const port = await serve((_request, response) => void response.writeHead(503).end())
    expect(await reader(port).read(`http://site.test:${port}/`)).toEqual({
      ok: false,
      problem: 'status',
      status: 503,
    })
    const gone = await serve(page('x'))
    await new Promise((resolve) => servers.pop()?.close(resolve))
    expect(await reader(gone).read(`http://site.test:${gone}/`)).toEqual({
      ok: false,
      problem: 'not-reached',
    })
    const unnamed = reader(port, {
      resolve: async () => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' })),
    })
    expect(await unnamed.read(`http://site.test:${port}/`)).toEqual({ ok: false, problem: 'not-found' })
  })

  it('and has a certificate nobody vouches for is told so', async () => {
    const port = await listening(createHttps(SELF_SIGNED, page('x')))
    expect(await reader(port).read(`https://site.test:${port}/`)).toEqual({
      ok: false,
      problem: 'certificate',
    })
  })
})
