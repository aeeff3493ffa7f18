import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { WebSocketServer, type WebSocket } from 'ws'
import { ofSession, ofTemplate, type Posted } from './dingtalk-words.ts'

export const CREDENTIALS = { clientId: 'dingclient0001', clientSecret: 'client-secret-0123456789' }
export const CORP = 'dingcorp0001'
const ROBOT = CREDENTIALS.clientId
const MESSAGES = '/v1.0/im/bot/messages/get'

/** What the next messages meet, one after the other; then all is well again. */
export type Trouble =
  | { readonly kind: 'code'; readonly code: string; readonly status?: number }
  /** Of the address that came with a message. */
  | { readonly kind: 'errcode'; readonly errcode: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'list'; readonly list: 'invalidStaffIdList' | 'flowControlledStaffIdList' }
  /** 200, and a page of somebody else's. */
  | { readonly kind: 'page' }
  | { readonly kind: 'cut' }

/** DingTalk, as far as a robot in Stream mode meets it. */
export interface DingtalkStandIn {
  readonly apiUrl: string
  readonly posted: Posted[]
  /** Path of every call, in order; queries are not kept. */
  readonly calls: string[]
  readonly troubles: Trouble[]
  readonly sockets: Set<WebSocket>
  /** Answers to frames, by their message id. */
  readonly answers: Map<string, { readonly code: number; readonly data: unknown }>
  /** Tokens that are good. Cleared: every one has ended. */
  readonly tokens: Set<string>
  /** No session is known any more. */
  forgetSessions(): void
  /** Sends anything over the newest connection. */
  push(frame: unknown): void
  /** A message to the robot. @returns the id of the frame */
  say(text: string, more?: Record<string, unknown>): string
  /** What DingTalk's client does where a button with that address is touched. */
  press(url: string, more?: Record<string, unknown>): string
  close(): Promise<void>
}

export async function startDingtalk(): Promise<DingtalkStandIn> {
  const posted: Posted[] = []
  const calls: string[] = []
  const troubles: Trouble[] = []
  const tokens = new Set<string>()
  const sessions = new Set<string>()
  const tickets = new Set<string>()
  const sockets = new Set<WebSocket>()
  const answers: DingtalkStandIn['answers'] = new Map()
  const server = createServer((request, response) => void answer(request, response))
  const socketServer = new WebSocketServer({ server, path: '/connect' })
  let base = ''
  let count = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://x')
    const body = JSON.parse(await text(request)) as Record<string, unknown>
    calls.push(url.pathname)
    const say = (value: unknown, status = 200): void => {
      // Not chained: restify changes what writeHead gives back, in the whole process.
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(typeof value === 'string' ? value : JSON.stringify(value))
    }
    const refuse = (code: string, status = 400): void => say({ code, message: `quoting ${code}` }, status)
    if (url.pathname === '/v1.0/oauth2/accessToken') {
      if (!isOurs(body.appKey, body.appSecret)) return refuse('invalidClientIdOrSecret')
      const token = `token-${++count}`
      tokens.add(token)
      return say({ accessToken: token, expireIn: 7_200 })
    }
    if (url.pathname === '/v1.0/gateway/connections/open') {
      if (!isOurs(body.clientId, body.clientSecret)) return refuse('authFailed', 401)
      const subscribed = JSON.stringify(body.subscriptions)
      if (subscribed !== JSON.stringify([{ type: 'CALLBACK', topic: MESSAGES }])) return refuse('badTopic')
      const ticket = `ticket-${++count}`
      tickets.add(ticket)
      return say({ endpoint: `${base.replace('http', 'ws')}/connect`, ticket })
    }
    const trouble = troubles.shift()
    if (trouble?.kind === 'cut') return void response.destroy()
    if (trouble?.kind === 'status') return say('', trouble.status)
    if (trouble?.kind === 'page') return say('<html>sign in</html>')
    if (trouble?.kind === 'code') return refuse(trouble.code, trouble.status)
    if (trouble?.kind === 'errcode') return say({ errcode: trouble.errcode, errmsg: 'no' })
    if (url.pathname === '/robot/sendBySession') {
      const session = url.searchParams.get('session') ?? ''
      if (!sessions.has(session)) return say({ errcode: 300_001, errmsg: 'session is not exist' })
      posted.push({ way: 'session', to: session, ...ofSession(body) })
      return say({ errcode: 0, errmsg: 'ok' })
    }
    if (!tokens.has(String(request.headers['x-acs-dingtalk-access-token'])))
      return refuse('InvalidAuthentication', 401)
    if (body.robotCode !== ROBOT) return refuse('invalidParameter.robotCode.notExsit')
    const parameters = String(body.msgParam)
    if (Buffer.byteLength(parameters) > 15_000) return refuse('invalidParameter.msgParam.tooLong')
    const message = ofTemplate(String(body.msgKey), JSON.parse(parameters) as Record<string, string>)
    if (!message) return refuse('invalidParameter.param.invalid')
    if (url.pathname === '/v1.0/robot/groupMessages/send') {
      posted.push({ way: 'group', to: String(body.openConversationId), ...message })
      return say({ processQueryKey: `key-${++count}` })
    }
    if (url.pathname !== '/v1.0/robot/oToMessages/batchSend') return refuse('InvalidAction.NotFound', 404)
    const [person] = body.userIds as string[]
    if (trouble?.kind === 'list') return say({ processQueryKey: `key-${++count}`, [trouble.list]: [person] })
    posted.push({ way: 'person', to: String(person), ...message })
    say({ processQueryKey: `key-${++count}`, invalidStaffIdList: [], flowControlledStaffIdList: [] })
  }

  socketServer.on('connection', (socket, request) => {
    const ticket = new URL(request.url ?? '', 'ws://x').searchParams.get('ticket') ?? ''
    // A ticket is good once.
    if (!tickets.delete(ticket)) return socket.close(4_000)
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('message', (data: Buffer) => {
      const { code, headers, data: inner } = JSON.parse(data.toString()) as Answer
      answers.set(headers.messageId, { code, data: JSON.parse(inner) })
    })
  })

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const push = (frame: unknown): void =>
    [...sockets].at(-1)?.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  const say = (words: string, more: Record<string, unknown> = {}): string => {
    const session = `session-${++count}`
    sessions.add(session)
    const frame = `frame-${++count}`
    push(
      messageFrame(frame, { ...received(words, `${base}/robot/sendBySession?session=${session}`), ...more }),
    )
    return frame
  }
  return {
    apiUrl: base,
    ...{ posted, calls, troubles, sockets, answers, tokens, push, say },
    forgetSessions: () => sessions.clear(),
    press: (url, more) => {
      const content = /^dtmd:\/\/dingtalkclient\/sendMessage\?content=(.*)$/.exec(url)?.[1]
      if (content === undefined) throw new Error(`touching ${url} says nothing`)
      return say(decodeURIComponent(content), more)
    },
    close: async () => {
      for (const socket of sockets) socket.terminate()
      socketServer.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Answer {
  readonly code: number
  readonly headers: { readonly messageId: string }
  readonly data: string
}

function isOurs(id: unknown, secret: unknown): boolean {
  return id === CREDENTIALS.clientId && secret === CREDENTIALS.clientSecret
}

/** A frame of a message, as published. */
export function messageFrame(messageId: string, data: unknown): Record<string, unknown> {
  return {
    specVersion: '1.0',
    type: 'CALLBACK',
    headers: {
      appId: '1305d5f5',
      contentType: 'application/json',
      messageId,
      time: String(Date.now()),
      topic: MESSAGES,
    },
    data: typeof data === 'string' ? data : JSON.stringify(data),
  }
}

let messages = 0
function received(words: string, sessionWebhook: string): Record<string, unknown> {
  return {
    conversationId: 'cidGroup0001==',
    conversationType: '2',
    conversationTitle: 'desk',
    chatbotCorpId: CORP,
    chatbotUserId: '$:LWCP_v1:$bot',
    msgId: `msg${++messages}==`,
    senderNick: '小李',
    isAdmin: false,
    senderStaffId: '0142',
    senderCorpId: CORP,
    senderId: '$:LWCP_v1:$li',
    isInAtList: true,
    createAt: Date.now(),
    sessionWebhook,
    sessionWebhookExpiredTime: Date.now() + 5_400_000,
    robotCode: ROBOT,
    msgtype: 'text',
    text: { content: ` ${words}` },
  }
}
