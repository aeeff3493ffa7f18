import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { directLineTalker, type WebTalker } from '../support/direct-line-talker.ts'
import { RAW } from './inputs/raw.ts'
import { expectNothingInside, startTarget, type Target } from './support.ts'

let target: Target
let talker: WebTalker
const open: Socket[] = []
const sockets: WebSocket[] = []

beforeAll(async () => {
  target = await startTarget()
  talker = await directLineTalker(target.app.address, 'en')
})
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy()
  for (const socket of sockets.splice(0)) socket.terminate()
})
afterAll(() => target.end())

async function dial(): Promise<Socket> {
  const { port, hostname } = new URL(target.app.address)
  const socket = connect(Number(port), hostname)
  open.push(socket)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

/** What comes back until the server closes, or an answer is complete. */
async function exchange(bytes: string): Promise<string> {
  const socket = await dial()
  let text = ''
  socket.setEncoding('latin1').on('data', (part: string) => (text += part))
  socket.write(bytes, 'latin1')
  // Half closed: whoever waits for more of the request learns that nothing comes.
  setTimeout(() => socket.end(), 300)
  if (!socket.closed) await Promise.race([once(socket, 'close'), once(socket, 'end')]).catch(() => undefined)
  return text
}

describe('on the line', () => {
  it.each(RAW)('%s is refused or closed', async (_name, bytes) => {
    const text = await target.meanwhile(() => exchange(bytes))
    expectNothingInside(text)
    expect(text).not.toContain('evil')
    expect(text).not.toMatch(/^HTTP\/1\.1 (2|3|5)\d\d/)
    if (text === '') return
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /)
    const [head = '', body = ''] = text.split('\r\n\r\n', 2)
    if (body !== '' && head.includes('problem+json')) expect(body).toMatch(/"code":"[a-z-]+"/)
  })

  it('two requests are not read as one another', async () => {
    const first =
      'POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}'
    const text = await exchange(`${first}GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400', 'HTTP/1.1 200'])
  })
})

describe('slowly', () => {
  it('200 requests that never end hold up nobody, and have their time', async () => {
    const { server } = target.app.server
    expect([server.headersTimeout, server.requestTimeout]).toEqual([10_000, 30_000])
    const slow = await Promise.all(Array.from({ length: 200 }, dial))
    await target.meanwhile(async () => {
      for (const [index, socket] of slow.entries())
        socket.write(
          index % 2 === 0
            ? 'GET / HTTP/1.1\r\nX-A: b\r\n'
            : 'POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{',
        )
      for (let letter = 0; letter < 5; letter += 1) for (const socket of slow) socket.write('x')
    })
    expect((await target.send('/healthz')).status).toBe(200)
  })
})

async function stream(): Promise<WebSocket> {
  const path = `conversations/${talker.conversationId}`
  const { streamUrl } = (await (await talker.call('GET', path)).json()) as { streamUrl: string }
  const socket = new WebSocket(streamUrl)
  sockets.push(socket)
  socket.on('error', () => undefined)
  await once(socket, 'open')
  return socket
}
const closing = (socket: WebSocket) => once(socket, 'close').then(([code]) => code as number)

describe('sockets', () => {
  it.each([
    ['a text', (socket: WebSocket) => socket.send('hello'), [1003]],
    ['an activity', (socket: WebSocket) => socket.send('{"type":"message","text":"x"}'), [1003]],
    ['bytes', (socket: WebSocket) => socket.send(Buffer.alloc(100)), [1003]],
    ['too large a frame', (socket: WebSocket) => socket.send(Buffer.alloc(2_000)), [1009]],
    ['a frame of 8 MB', (socket: WebSocket) => socket.send(Buffer.alloc(8 * 1024 * 1024)), [1009, 1006]],
    ['2,000 keep-alives', flood((socket) => socket.send('')), [1006]],
    ['2,000 pings', flood((socket) => socket.ping('x'.repeat(100))), [1006]],
    ['2,000 pongs', flood((socket) => socket.pong('x'.repeat(100))), [1006]],
  ] as const)('%s ends the socket, and nothing else', async (_name, attack, codes) => {
    const socket = await stream()
    const closed = closing(socket)
    await target.meanwhile(async () => attack(socket))
    expect(codes).toContain(await closed)
    expect((await talker.text('help')).length).toBeGreaterThan(0)
  })

  it('more of one conversation than anybody needs are refused, the first ones stay', async () => {
    const all = await Promise.all(Array.from({ length: 30 }, stream))
    await expect.poll(() => all.filter(({ readyState }) => readyState === WebSocket.CLOSED).length).toBe(10)
    expect(all.filter(({ readyState }) => readyState === WebSocket.OPEN)).toHaveLength(20)
  })

  it('somebody who does not read holds up nobody', async () => {
    const deaf = await Promise.all([stream(), stream()])
    for (const socket of deaf) socket.pause()
    for (let message = 0; message < 15; message += 1) await talker.text('x '.repeat(9_000))
    expect((await target.send('/healthz')).status).toBe(200)
    const reader = await stream()
    const [frame] = (await once(reader, 'message')) as [Buffer]
    expect(frame.length).toBeGreaterThan(0)
  })
})

function flood(send: (socket: WebSocket) => void): (socket: WebSocket) => void {
  return (socket) => {
    for (let time = 0; time < 2_000; time += 1) send(socket)
  }
}

it('after all of it others are served, nothing failed inside, and memory is bounded', () => target.settle())
