import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { WebSocketServer, type WebSocket } from 'ws'
import { CONTROL, DATA, decodeFrame, encodeFrame } from '../../../src/channels/feishu/frame.ts'

export const APP_ID = 'cli_9f5343c580712544'
export const APP_SECRET = 'secret-of-the-test-app-0001'
export const ENCRYPT_KEY = 'encrypt-key-of-the-test'
export const TOKEN = 'verification-token-of-the-test'
export const BOT = 'ou_bot'
const TENANT = '2ca1d211f64f6438'

export interface Posted {
  readonly id: string
  /** Of a message to a chat. */
  readonly chat?: string
  /** Of a reply: the message replied to. */
  readonly root?: string
  readonly type: string
  readonly content: Record<string, unknown>
}

/** What the next messages sent meet, one after the other; then all is well again. */
export type Trouble =
  | { readonly kind: 'rate-limited'; readonly status: 400 | 429; readonly seconds: number }
  | { readonly kind: 'error'; readonly code: number }
  | { readonly kind: 'status'; readonly status: number }
  /** The token is not good any more. */
  | { readonly kind: 'token-gone' }
  /** Taken, but the connection breaks before the answer. */
  | { readonly kind: 'taken-unanswered' }
  /** Broken before it is taken. */
  | { readonly kind: 'cut' }

/** Feishu, as far as an app meets it: tokens, messages, events signed and encrypted, the long connection. */
export interface FeishuStandIn {
  readonly apiUrl: string
  readonly posted: Posted[]
  /** Paths called, in order. */
  readonly calls: string[]
  readonly troubles: Trouble[]
  /** Answers to frames: the id of the message and the code. */
  readonly answered: { readonly id: string; readonly code: number }[]
  readonly sockets: Set<WebSocket>
  /** Pings of the newest connections. */
  readonly pings: string[]
  pingSeconds: number
  /** Of people whose names the app may read, by their ids. */
  readonly names: Map<string, string>
  /** Sends an event over the newest connection, in so many frames. */
  push(id: string, body: unknown, parts?: number, type?: string): void
  close(): Promise<void>
}

export async function startFeishu(): Promise<FeishuStandIn> {
  const state = {
    posted: [] as Posted[],
    calls: [] as string[],
    troubles: [] as Trouble[],
    answered: [] as { id: string; code: number }[],
    sockets: new Set<WebSocket>(),
    pings: [] as string[],
    pingSeconds: 120,
    names: new Map<string, string>(),
  }
  const server = createServer((request, response) => void answer(request, response))
  const socketServer = new WebSocketServer({ server, path: '/ws' })
  const tickets = new Set<string>()
  const tokens = new Set<string>()
  const byUuid = new Map<string, string>()
  let count = 0
  let base = ''

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://x')
    const raw = await text(request)
    const body = (raw === '' ? {} : JSON.parse(raw)) as Record<string, string>
    state.calls.push(url.pathname)
    const say = (value: object, status = 200, headers = {}): void => {
      // Not chained: restify changes what writeHead gives back, in the whole process.
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
      response.end(JSON.stringify(value))
    }
    if (url.pathname === '/open-apis/auth/v3/tenant_access_token/internal') {
      if (body['app_id'] !== APP_ID || body['app_secret'] !== APP_SECRET)
        return say({ code: 10014, msg: 'app secret invalid' })
      const token = `t-${++count}`
      tokens.add(token)
      return say({ code: 0, msg: 'ok', tenant_access_token: token, expire: 7200 })
    }
    if (url.pathname === '/callback/ws/endpoint') {
      if (body['AppID'] !== APP_ID || body['AppSecret'] !== APP_SECRET)
        return say({ code: 514, msg: 'auth failed' })
      const ticket = String(++count)
      tickets.add(ticket)
      const config = {
        PingInterval: state.pingSeconds,
        ReconnectCount: -1,
        ReconnectInterval: 120,
        ReconnectNonce: 30,
      }
      const address = `${base.replace('http', 'ws')}/ws?device_id=1&service_id=33554678&ticket=${ticket}`
      return say({ code: 0, msg: '', data: { URL: address, ClientConfig: config } })
    }
    const token = (request.headers.authorization ?? '').replace('Bearer ', '')
    if (!tokens.has(token)) return say({ code: 99991663, msg: 'Invalid access token' }, 400)
    if (url.pathname === '/open-apis/bot/v3/info')
      return say({ code: 0, msg: 'ok', bot: { app_name: 'desk', open_id: BOT } })
    const person = /^\/open-apis\/contact\/v3\/users\/(ou_\w+)$/.exec(url.pathname)?.[1]
    if (person && url.searchParams.get('user_id_type') === 'open_id') {
      const name = state.names.get(person)
      return name === undefined
        ? say({ code: 41050, msg: 'no user authority error' }, 400)
        : say({ code: 0, msg: 'success', data: { user: { open_id: person, name } } })
    }
    post(url, raw.length, body, response, say)
  }

  function post(
    url: URL,
    size: number,
    body: Record<string, string>,
    response: ServerResponse,
    say: (value: object, status?: number, headers?: object) => void,
  ): void {
    const trouble = state.troubles.shift()
    if (trouble?.kind === 'rate-limited')
      return say({ code: 99991400, msg: 'request trigger frequency limit' }, trouble.status, {
        'x-ogw-ratelimit-reset': String(trouble.seconds),
      })
    if (trouble?.kind === 'error') return say({ code: trouble.code, msg: 'what was sent' }, 400)
    if (trouble?.kind === 'status') return say({}, trouble.status)
    if (trouble?.kind === 'cut') return void response.destroy()
    if (trouble?.kind === 'token-gone') {
      tokens.clear()
      return say({ code: 99991663, msg: 'Invalid access token' }, 400)
    }
    const root = /^\/open-apis\/im\/v1\/messages\/(om_\w+)\/reply$/.exec(url.pathname)?.[1]
    const chat = body['receive_id']
    const toChat = url.pathname === '/open-apis/im/v1/messages' && chat !== undefined
    if (!root && !(toChat && url.searchParams.get('receive_id_type') === 'chat_id'))
      return say({ code: 230001, msg: 'invalid' }, 400)
    if (size > 30_000) return say({ code: 230025, msg: 'too long' }, 400)
    const { uuid = '', msg_type: type = '', content = '' } = body
    if (uuid.length > 50) return say({ code: 230001, msg: 'invalid uuid' }, 400)
    const id = byUuid.get(uuid) ?? `om_${++count}`
    if (!byUuid.has(uuid)) {
      byUuid.set(uuid, id)
      const parsed = JSON.parse(content) as Record<string, unknown>
      state.posted.push({ id, ...(root ? { root } : { chat: chat! }), type, content: parsed })
    }
    if (trouble?.kind === 'taken-unanswered') return void response.destroy()
    say({ code: 0, msg: 'success', data: { message_id: id } })
  }

  socketServer.on('connection', (socket, request) => {
    const ticket = new URL(request.url ?? '', 'ws://x').searchParams.get('ticket') ?? ''
    // An address is good once.
    if (!tickets.delete(ticket)) return socket.close(4_000)
    state.sockets.add(socket)
    socket.on('close', () => state.sockets.delete(socket))
    socket.on('message', (data: Buffer) => {
      const frame = decodeFrame(data)
      if (frame?.method === CONTROL) {
        state.pings.push(`${frame.headers.get('type')} ${frame.service}`)
        const config = JSON.stringify({ PingInterval: state.pingSeconds })
        socket.send(
          encodeFrame({ ...frame, headers: new Map([['type', 'pong']]), payload: Buffer.from(config) }),
        )
      } else if (frame) {
        const { code } = JSON.parse(frame.payload.toString()) as { code: number }
        state.answered.push({ id: frame.headers.get('message_id') ?? '', code })
      }
    })
  })

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.assign(state, {
    apiUrl: base,
    push: (id: string, body: unknown, parts = 1, type = 'event') => {
      const payload = Buffer.from(JSON.stringify(body))
      const size = Math.ceil(payload.length / parts)
      for (let seq = 0; seq < parts; seq += 1)
        [...state.sockets].at(-1)?.send(
          encodeFrame({
            sequence: 7n,
            log: 9_007_199_254_740_993n,
            service: 33554678n,
            method: DATA,
            headers: new Map([
              ['type', type],
              ['message_id', id],
              ['sum', String(parts)],
              ['seq', String(seq)],
              ['trace_id', 't'],
            ]),
            payload: payload.subarray(seq * size, (seq + 1) * size),
          }),
        )
    },
    close: async () => {
      for (const socket of state.sockets) socket.terminate()
      socketServer.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}

/** As the platform encrypts what it delivers. */
export function encrypt(plain: string, encryptKey: string): string {
  const vector = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), vector)
  return Buffer.concat([vector, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64')
}

export interface DeliverOptions {
  readonly at?: number
  /** Instead of the right one; empty: not signed at all. */
  readonly signature?: string
  readonly encryptKey?: string
  readonly nonce?: string
  /** The body over the wire, instead of the encrypted one. */
  readonly wire?: string
}

/** Encrypts, signs and posts to an app's address as Feishu does; answers with the status and text. */
export async function deliver(
  url: string,
  body: unknown,
  { at = Date.now(), signature, encryptKey = ENCRYPT_KEY, nonce = '163733', wire }: DeliverOptions = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const plain = typeof body === 'string' ? body : JSON.stringify(body)
  const raw = wire ?? JSON.stringify({ encrypt: encrypt(plain, encryptKey) })
  const timestamp = String(Math.floor(at / 1000))
  const signed = createHash('sha256').update(`${timestamp}${nonce}${encryptKey}${raw}`).digest('hex')
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(signature === ''
        ? {}
        : {
            'x-lark-request-timestamp': timestamp,
            'x-lark-request-nonce': nonce,
            'x-lark-signature': signature ?? signed,
          }),
    },
    body: raw,
  })
  return { status: response.status, text: await response.text() }
}

/** A message event. `text` may hold keys of mentions. */
export function messageEvent(
  messageId: string,
  { text: said = 'hello', message = {}, sender = {}, header = {} }: EventParts = {},
): Record<string, unknown> {
  return {
    schema: '2.0',
    header: { ...headerOf(`ev-${messageId}`, 'im.message.receive_v1'), ...header },
    event: {
      sender: {
        sender_id: { union_id: 'on_1', user_id: null, open_id: 'ou_li' },
        sender_type: 'user',
        tenant_key: TENANT,
        ...sender,
      },
      message: {
        message_id: messageId,
        create_time: '1609073151345',
        chat_id: 'oc_li',
        chat_type: 'p2p',
        message_type: 'text',
        content: JSON.stringify({ text: said }),
        ...message,
      },
    },
  }
}
interface EventParts {
  readonly text?: string
  readonly message?: Record<string, unknown>
  readonly sender?: Record<string, unknown>
  readonly header?: Record<string, unknown>
}

/** The bot, or another, as a message mentions them. */
export function mention(key: string, openId = BOT, name = 'desk'): Record<string, unknown> {
  return { key, id: { union_id: 'on_2', user_id: '', open_id: openId }, name, tenant_key: TENANT }
}

/** A pressed button. */
export function pressEvent(
  eventId: string,
  value: unknown,
  operator: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    schema: '2.0',
    header: headerOf(eventId, 'card.action.trigger'),
    event: {
      operator: { tenant_key: TENANT, user_id: 'u1', open_id: 'ou_li', union_id: 'on_1', ...operator },
      token: 'c-295ee57216a5dc9de90fefd0aadb4b1d7dbf8f6b',
      action: { value, tag: 'button', timezone: 'Asia/Shanghai' },
      host: 'im_message',
      context: { open_message_id: 'om_card', open_chat_id: 'oc_desk' },
    },
  }
}

function headerOf(eventId: string, type: string): Record<string, unknown> {
  return {
    event_id: eventId,
    token: TOKEN,
    create_time: '1608725989000',
    event_type: type,
    tenant_key: TENANT,
    app_id: APP_ID,
  }
}
