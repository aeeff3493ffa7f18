import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { Activity } from 'botbuilder'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { remove } from '../../../src/channels/direct-line/conversations.ts'
import { eventually, SECRET, startServer, texts, type Session, type TestServer } from './support.ts'

interface Listener {
  readonly socket: WebSocket
  readonly frames: { activities: Partial<Activity>[]; watermark: string }[]
  texts(): (string | undefined)[]
  readonly closed: Promise<number>
}

let server: TestServer
let session: Session
const sockets: WebSocket[] = []

beforeEach(async () => {
  server = await startServer({ limits: { pingMs: 100, maxBufferedBytes: 100_000 } })
  session = await server.start()
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate()
  await server.close()
})

function listen(url: string, options: { origin?: string; autoPong?: boolean } = {}): Listener {
  const socket = new WebSocket(url, options)
  sockets.push(socket)
  const frames: Listener['frames'] = []
  socket.on('message', (data: Buffer) =>
    frames.push(JSON.parse(data.toString()) as Listener['frames'][number]),
  )
  const closed = once(socket, 'close').then(([code]) => code as number)
  closed.catch(() => undefined)
  return { socket, frames, closed, texts: () => frames.flatMap(texts) }
}

/** The HTTP answer to a handshake that is refused. */
async function refused(url: string, origin?: string): Promise<[number | undefined, string | undefined]> {
  const socket = new WebSocket(url, origin === undefined ? {} : { origin })
  socket.on('error', () => undefined)
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage]
  let body = ''
  for await (const chunk of response) body += String(chunk)
  return [response.statusCode, (JSON.parse(body || '{}') as { error?: { code: string } }).error?.code]
}

describe('a stream', () => {
  it('sends what is there after the watermark, then what comes', async () => {
    await server.say(session, 'one')
    const all = listen(session.streamUrl)
    const reconnected = await server.call(
      'GET',
      `conversations/${session.conversationId}?watermark=2`,
      session,
    )
    const rest = listen(String(reconnected.body['streamUrl']))
    await eventually(() => all.texts().length === 3 && rest.texts().length === 1)
    expect(all.frames).toMatchObject([{ watermark: '3' }])
    await server.say(session, 'two')
    await eventually(() => all.texts().length === 5)
    expect(all.texts()).toEqual(['hello ', 'one', 'echo one', 'two', 'echo two'])
    await eventually(() => rest.texts().length === 3)
    expect(rest.texts()).toEqual(['echo one', 'two', 'echo two'])
    expect(rest.frames.at(-1)?.watermark).toBe('5')
  })

  it('never misses or doubles what is said while it opens', async () => {
    await Promise.all([
      ...Array.from({ length: 30 }, (_, index) => server.say(session, String(index))),
      ...Array.from({ length: 5 }, async () => void listen(session.streamUrl)),
    ])
    const last = listen(session.streamUrl)
    await eventually(() => last.texts().length === 61)
    const { activities } = await server.activities(session)
    expect(last.frames.flatMap((frame) => frame.activities.map(({ id }) => id))).toEqual(
      activities.map(({ id }) => id),
    )
  })

  it('takes the conversation token as well', async () => {
    const url = `${session.streamUrl.split('?')[0]}?t=${session.token}&watermark=`
    const { frames } = listen(url)
    await eventually(() => frames.length === 1)
  })

  it('takes empty keep-alives, and ends with who says more or too much', async () => {
    const kind = listen(session.streamUrl)
    await once(kind.socket, 'open')
    kind.socket.send('')
    const chatty = listen(session.streamUrl)
    await once(chatty.socket, 'open')
    chatty.socket.send('{}')
    const huge = listen(session.streamUrl)
    await once(huge.socket, 'open')
    huge.socket.send('x'.repeat(2_000))
    expect(await chatty.closed).toBe(1003)
    expect(await huge.closed).toBe(1009)
    expect(kind.socket.readyState).toBe(WebSocket.OPEN)
  })

  it('drops a peer that does not answer pings, and no other', async () => {
    const dead = listen(session.streamUrl, { autoPong: false })
    const alive = listen(session.streamUrl)
    expect(await dead.closed).toBe(1006)
    expect(alive.socket.readyState).toBe(WebSocket.OPEN)
  })

  it('closes a client that lets too much pile up, and leaves the others alone', async () => {
    await server.close()
    server = await startServer({ limits: { pingMs: 60_000, maxBufferedBytes: 100_000, patienceMs: 300 } })
    session = await server.start()
    const slow = listen(session.streamUrl)
    const quick = listen(session.streamUrl)
    await eventually(() => slow.frames.length === 1 && quick.frames.length === 1)
    slow.socket.pause()
    const text = 'x'.repeat(1_000_000)
    const log = `dl:log:${session.conversationId}`
    for (let index = 0; index < 12; index++)
      await server.store.logs.append(log, [{ id: `big${index}`, value: { type: 'message', text } }])
    await eventually(() => quick.frames.length === 13)
    await new Promise((resolve) => setTimeout(resolve, 600))
    slow.socket.resume()
    expect(await slow.closed).toBe(1013)
    expect(quick.socket.readyState).toBe(WebSocket.OPEN)
    // What it got is whole and in order; the rest comes by watermark.
    expect(slow.frames.map(({ watermark }) => Number(watermark))).toEqual(
      slow.frames.map((_, index) => index + 1),
    )
  })

  it('brings a long history without piling it up', async () => {
    const text = 'x'.repeat(20_000)
    const entries = Array.from({ length: 450 }, (_, index) => ({
      id: `x${index}`,
      value: { text: text + index },
    }))
    await server.store.logs.append(`dl:log:${session.conversationId}`, entries)
    const listener = listen(session.streamUrl)
    await eventually(() => listener.texts().length === 451)
    expect(listener.frames.map(({ activities }) => activities.length)).toEqual([100, 100, 100, 100, 51])
  })

  it('ends when the conversation is deleted', async () => {
    const { closed, socket } = listen(session.streamUrl)
    await once(socket, 'open')
    await remove(server.store, session.conversationId)
    expect(await closed).toBe(1000)
  })

  it('ends with 1001 when the server goes', async () => {
    const { closed, socket } = listen(session.streamUrl)
    await once(socket, 'open')
    await server.directLine.close()
    expect(await closed).toBe(1001)
  })

  it('works across servers that share the store', async () => {
    const second = await startServer({ store: server.store })
    const listener = listen(session.streamUrl.replace(server.host, second.host))
    await eventually(() => listener.frames.length === 1)
    await server.say(session, 'over there')
    await eventually(() => listener.texts().includes('echo over there'))
    await second.close()
  })
})

describe('a handshake', () => {
  const url = (query: string, id = session.conversationId) =>
    `ws://${server.host}/v3/directline/conversations/${id}/stream?${query}`

  it('needs a good token of this conversation', async () => {
    expect(await refused(url(''))).toEqual([401, 'MissingToken'])
    expect(await refused(url('t=a.b.c'))).toEqual([403, 'BadToken'])
    expect(await refused(url(`t=${SECRET}`))).toEqual([403, 'BadToken'])
    expect(await refused(url(`t=${session.resumeToken}`))).toEqual([403, 'BadToken'])
    expect(await refused(url(`t=${(await server.start()).token}`))).toEqual([403, 'ForeignToken'])
    const unstarted = await server.generate()
    expect(await refused(url(`t=${unstarted.token}`, unstarted.conversationId))).toEqual([
      404,
      'ConversationNotFound',
    ])
  })

  it('gives a stream token no other right', async () => {
    const token = new URL(session.streamUrl).searchParams.get('t') ?? ''
    const answer = await server.call('GET', `conversations/${session.conversationId}/activities`, { token })
    expect(answer.status).toBe(403)
  })

  it('needs a good watermark', async () => {
    for (const watermark of ['x', '-1', '2', '1&watermark=1'])
      expect(await refused(`${session.streamUrl}&watermark=${watermark}`)).toEqual([400, 'BadWatermark'])
  })

  it('needs an allowed origin', async () => {
    for (const origin of ['https://evil.example', 'null', `http://${server.host}.evil.example`])
      expect(await refused(session.streamUrl, origin)).toEqual([403, 'OriginNotAllowed'])
    const { socket } = listen(session.streamUrl, { origin: `http://${server.host}` })
    await once(socket, 'open')
  })

  it('is refused elsewhere below the prefix', async () => {
    expect(await refused(`ws://${server.host}/v3/directline/conversations`)).toEqual([404, 'NotFound'])
  })

  it('survives a client that hangs up at once', async () => {
    const { pathname, search, port } = new URL(session.streamUrl)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      `GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`,
    )
    socket.write('Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n')
    socket.destroySoon()
    await once(socket, 'close')
    expect((await server.say(session, 'still there')).status).toBe(200)
    expect(server.logged).toEqual([])
  })
})
