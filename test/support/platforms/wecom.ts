import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { WebSocketServer, type WebSocket } from 'ws'

type Fields = Readonly<Record<string, unknown>>

/** What somebody sees in a chat: of the app under the user, of the bot under the chat id. */
export interface Shown {
  readonly to: string
  readonly by: 'app' | 'bot'
  readonly body: Fields
  /** Request of the message it stands below. */
  readonly below?: string
}

/** What the next messages meet, one after the other; then all is well again. */
export type Trouble =
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'status'; readonly status: number }
  /** Shown, but the connection breaks before the answer. */
  | { readonly kind: 'taken-unanswered' }
  /** Broken before it is shown. */
  | { readonly kind: 'cut' }

/** WeCom, as far as an app and an AI bot meet it: tokens, messages, the bot's socket. */
export interface WecomStandIn {
  readonly apiUrl: string
  readonly botUrl: string
  readonly shown: Shown[]
  readonly troubles: Trouble[]
  /** Methods of the server API that were called, in order. */
  readonly calls: string[]
  /** Commands that came over sockets, in order, without pings. */
  readonly commands: string[]
  /** Sockets whose bot was accepted. */
  readonly sockets: Set<WebSocket>
  pings: number
  /** Access tokens that are good; emptied, all have expired. */
  readonly tokens: Set<string>
  /** Hands a callback to the bot over the newest socket, as a message or an event. */
  push(request: string, body: Fields): void
  close(): Promise<void>
}

const OVER = 'over'

export const CREDENTIALS = {
  corpId: 'wx5823bf96d3bd56c7',
  appSecret: 'app-secret-of-the-test',
  botId: 'bot-of-the-test',
  botSecret: 'bot-secret-of-the-test',
}

export async function startWecom(): Promise<WecomStandIn> {
  const shown: Shown[] = []
  const troubles: Trouble[] = []
  const calls: string[] = []
  const commands: string[] = []
  const sockets = new Set<WebSocket>()
  const tokens = new Set<string>()
  /** Requests that can be replied to, with the chat they came from. */
  const requests = new Map<string, string>()
  const tasks = new Set<unknown>()
  const said = new Set<string>()
  let count = 0
  const server = createServer((request, response) => void answer(request, response))
  const socketServer = new WebSocketServer({ server })

  /** As WeCom does: a task id serves one card. @returns the code */
  function show(one: Shown): number {
    const { msgtype, template_card: card } = one.body as { msgtype?: string; template_card?: Fields }
    if (msgtype !== 'markdown' && msgtype !== 'template_card') return 40008
    if (card) {
      if (!/^[\w@-]{1,128}$/.test(String(card['task_id'])) || tasks.has(card['task_id'])) return 42014
      const buttons = card['button_list'] as { text: string; key: string }[]
      if (buttons.length > 6 || new Set(buttons.map(({ key }) => key)).size < buttons.length) return 40016
      tasks.add(card['task_id'])
    } else {
      const { content } = one.body['markdown'] as { content: string }
      if (Buffer.byteLength(content) > (one.by === 'app' ? 2_048 : 20_480)) return 45002
    }
    shown.push(one)
    return 0
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://x')
    const method = url.pathname.replace('/cgi-bin/', '')
    calls.push(method)
    const say = (errcode: number, more: object = {}, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ errcode, errmsg: `said ${errcode}`, ...more }))
    }
    if (method === 'gettoken') {
      const { corpid, corpsecret } = Object.fromEntries(url.searchParams)
      if (corpid !== CREDENTIALS.corpId) return say(40013)
      if (corpsecret !== CREDENTIALS.appSecret) return say(40001)
      const token = `token-${++count}`
      tokens.add(token)
      return say(0, { access_token: token, expires_in: 7200 })
    }
    const body = (await json(request)) as Fields
    if (!tokens.has(url.searchParams.get('access_token') ?? '')) return say(42001)
    const trouble = troubles.shift()
    if (trouble?.kind === 'code') return say(trouble.code)
    if (trouble?.kind === 'status') return say(0, {}, trouble.status)
    if (trouble?.kind === 'cut') return void response.destroy()
    const content = JSON.stringify(body)
    const repeated = body['enable_duplicate_check'] === 1 && said.has(content)
    said.add(content)
    if (body['touser'] === 'nobody') return say(0, { invaliduser: 'nobody', msgid: 'm' })
    const code = repeated ? 0 : show({ to: String(body['touser']), by: 'app', body })
    if (trouble?.kind === 'taken-unanswered') return void response.destroy()
    say(code, { msgid: `m${++count}` })
  }

  socketServer.on('connection', (socket) => {
    socket.on('close', () => sockets.delete(socket))
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as {
        cmd: string
        headers: { req_id: string }
        body: Fields
      }
      const { cmd, headers, body } = frame
      const ack = (errcode: number) =>
        socket.send(JSON.stringify({ headers, errcode, errmsg: `said ${errcode}` }))
      if (cmd === 'ping') {
        standIn.pings += 1
        return ack(0)
      }
      commands.push(cmd)
      if (cmd === 'aibot_subscribe') {
        const { bot_id: id, secret } = body
        if (id !== CREDENTIALS.botId || secret !== CREDENTIALS.botSecret) return ack(853000)
        for (const other of sockets) {
          const event = { msgtype: 'event', event: { eventtype: 'disconnected_event' } }
          other.send(
            JSON.stringify({ cmd: 'aibot_event_callback', headers: { req_id: 'gone' }, body: event }),
          )
          other.close()
        }
        sockets.add(socket)
        return ack(0)
      }
      if (!sockets.has(socket)) return ack(853000)
      const trouble = troubles.shift()
      if (trouble?.kind === 'code') return ack(trouble.code)
      if (trouble?.kind === 'cut') return socket.terminate()
      const code = cmd === 'aibot_respond_msg' ? respond(headers.req_id, body) : send(body)
      if (trouble?.kind === 'taken-unanswered') return socket.terminate()
      ack(code)
    })
  })

  function send({ chatid, ...body }: Fields): number {
    return show({ to: String(chatid), by: 'bot', body })
  }

  /** A request is over once a finished stream replied to it. */
  function respond(request: string, body: Fields): number {
    const to = requests.get(request)
    if (to === undefined) return 846605
    if (to === OVER) return 846608
    requests.set(request, OVER)
    const { content } = body['stream'] as { content: string }
    return show({ to, by: 'bot', below: request, body: { msgtype: 'markdown', markdown: { content } } })
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const standIn: WecomStandIn = {
    apiUrl: `http://127.0.0.1:${port}`,
    botUrl: `ws://127.0.0.1:${port}`,
    ...{ shown, troubles, calls, commands, sockets, tokens, pings: 0 },
    push: (request, body) => {
      const event = body['msgtype'] === 'event'
      const { chatid, from } = body as { chatid?: string; from: { userid: string } }
      if (!event) requests.set(request, chatid ?? from.userid)
      const cmd = event ? 'aibot_event_callback' : 'aibot_msg_callback'
      ;[...sockets].at(-1)?.send(JSON.stringify({ cmd, headers: { req_id: request }, body }))
    },
    close: async () => {
      for (const socket of socketServer.clients) socket.terminate()
      socketServer.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return standIn
}

export interface Sealing {
  readonly token: string
  readonly aesKey: string
  readonly receiver: string
}

/** Encrypts as WeCom does: random bytes, length, message, receiver, padded to 32. */
export function seal(message: string, { aesKey, receiver }: Sealing): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(Buffer.byteLength(message))
  const plain = Buffer.concat([randomBytes(16), length, Buffer.from(message + receiver)])
  const pad = 32 - (plain.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([
    cipher.update(plain),
    cipher.update(Buffer.alloc(pad, pad)),
    cipher.final(),
  ]).toString('base64')
}

/** The address of a callback, signed. */
export function signedUrl(
  url: string,
  encrypted: string,
  token: string,
  { at = Date.now(), signature = '', echo = false } = {},
): string {
  const timestamp = String(Math.floor(at / 1000))
  const nonce = randomBytes(5).toString('hex')
  const parts = [token, timestamp, nonce, encrypted].sort().join('')
  const query = new URLSearchParams({
    msg_signature: signature === '' ? createHash('sha1').update(parts).digest('hex') : signature,
    timestamp,
    nonce,
    ...(echo ? { echostr: encrypted } : {}),
  })
  return `${url}?${query.toString()}`
}

/** Seals, signs and delivers a message to an app's address, as XML; answers with the status and text. */
export async function deliver(
  url: string,
  xml: string,
  sealing: Sealing,
  options: { readonly at?: number; readonly signature?: string } = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const encrypted = seal(xml, sealing)
  const body = `<xml><ToUserName><![CDATA[${sealing.receiver}]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
  const response = await fetch(signedUrl(url, encrypted, sealing.token, options), { method: 'POST', body })
  return { status: response.status, text: await response.text() }
}

/** A message to the app, opened. */
export function appMessage(id: string, content: string, more: Record<string, string> = {}): string {
  return appXml({ MsgType: 'text', Content: content, MsgId: id, ...more })
}

/** A pressed button of the app's card, opened. */
export function appPress(key: string, more: Record<string, string> = {}): string {
  return appXml({
    MsgType: 'event',
    Event: 'template_card_event',
    EventKey: key,
    TaskId: 'task',
    CardType: 'button_interaction',
    ...more,
  })
}

function appXml(fields: Record<string, string>): string {
  const all = {
    ToUserName: CREDENTIALS.corpId,
    FromUserName: 'LiHua',
    CreateTime: '1700000001',
    AgentID: '1000002',
    ...fields,
  }
  const children = Object.entries(all).map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
  return `<xml>${children.join('')}</xml>`
}

/** A message to the bot, as it comes over the socket. */
export function botMessage(id: string, content: string, more: Fields = {}): Fields {
  return {
    ...{ msgid: id, aibotid: CREDENTIALS.botId, chattype: 'single', from: { userid: 'LiHua' } },
    ...{ msgtype: 'text', text: { content }, create_time: 1_700_000_001 },
    ...more,
  }
}

/** A pressed button of the bot's card. */
export function botPress(id: string, key: string, more: Fields = {}): Fields {
  const event = { card_type: 'button_interaction', event_key: key, task_id: 'task' }
  return {
    ...botMessage(id, ''),
    ...{ msgtype: 'event', text: undefined },
    event: { eventtype: 'template_card_event', template_card_event: event },
    ...more,
  }
}
