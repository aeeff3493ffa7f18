import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { WebSocketServer, type WebSocket } from 'ws'

export interface Posted {
  readonly ts: string
  readonly channel: string
  readonly text: string
  readonly thread_ts?: string
  readonly blocks?: readonly Record<string, unknown>[]
  readonly metadata?: { readonly event_type: string; readonly event_payload: Record<string, unknown> }
}

/** What the next calls of chat.postMessage meet, one after the other; then all is well again. */
export type Trouble =
  | { readonly kind: 'rate-limited'; readonly seconds: number }
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'status'; readonly status: number }
  /** Taken, but the connection breaks before the answer. */
  | { readonly kind: 'taken-unanswered' }
  /** Broken before it is taken. */
  | { readonly kind: 'cut' }

/** Slack, as far as an app meets it: the Web API, events signed and sent again, Socket Mode. */
export interface SlackStandIn {
  readonly apiUrl: string
  readonly posted: Posted[]
  /** Method and token of every call, in order. */
  readonly calls: { readonly method: string; readonly token: string }[]
  readonly troubles: Trouble[]
  /** Ids of acknowledged envelopes. */
  readonly acknowledged: string[]
  readonly sockets: Set<WebSocket>
  /** Sends an envelope over the newest socket. */
  push(id: string, type: string, payload: unknown): void
  close(): Promise<void>
}

export async function startSlack(): Promise<SlackStandIn> {
  const posted: Posted[] = []
  const calls: SlackStandIn['calls'] = []
  const troubles: Trouble[] = []
  const acknowledged: string[] = []
  const sockets = new Set<WebSocket>()
  const server = createServer((request, response) => void answer(request, response))
  const socketServer = new WebSocketServer({ server, path: '/link' })
  const tickets = new Set<string>()
  let count = 0
  let base = ''

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = (request.url ?? '').replace('/api/', '')
    const token = (request.headers.authorization ?? '').replace('Bearer ', '')
    const form = new URLSearchParams(await text(request))
    calls.push({ method, token })
    const say = (body: object, status = 200, headers = {}): void => {
      // Not chained: restify changes what writeHead gives back, in the whole process.
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(body))
    }
    if (method === 'apps.connections.open') {
      if (!token.startsWith('xapp-')) return say({ ok: false, error: 'not_allowed_token_type' })
      const ticket = String(++count)
      tickets.add(ticket)
      return say({ ok: true, url: `${base.replace('http', 'ws')}/link?ticket=${ticket}` })
    }
    if (!token.startsWith('xoxb-')) return say({ ok: false, error: 'invalid_auth' })
    if (method === 'chat.postMessage') return post(form, response, say)
    const there = posted.filter(
      ({ channel, thread_ts: thread }) =>
        channel === form.get('channel') && (method === 'conversations.history' || thread === form.get('ts')),
    )
    const withMetadata = form.get('include_all_metadata') === 'true'
    say({ ok: true, messages: there.map((one) => (withMetadata ? one : { ...one, metadata: undefined })) })
  }

  function post(
    form: URLSearchParams,
    response: ServerResponse,
    say: (body: object, status?: number, headers?: object) => void,
  ): void {
    const trouble = troubles.shift()
    if (trouble?.kind === 'rate-limited')
      return say({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(trouble.seconds) })
    if (trouble?.kind === 'error') return say({ ok: false, error: trouble.code })
    if (trouble?.kind === 'status') return say({}, trouble.status)
    if (trouble?.kind === 'cut') return void response.destroy()
    const field = (name: string): unknown => JSON.parse(form.get(name) ?? 'null')
    const ts = `1700000000.${String(++count).padStart(6, '0')}`
    const threadTs = form.get('thread_ts')
    const blocks = field('blocks') as Posted['blocks'] | null
    posted.push({
      ts,
      channel: form.get('channel') ?? '',
      text: form.get('text') ?? '',
      ...(threadTs === null ? {} : { thread_ts: threadTs }),
      ...(blocks ? { blocks } : {}),
      metadata: field('metadata') as NonNullable<Posted['metadata']>,
    })
    if (trouble?.kind === 'taken-unanswered') return void response.destroy()
    say({ ok: true, ts })
  }

  socketServer.on('connection', (socket, request) => {
    const ticket = new URL(request.url ?? '', 'ws://x').searchParams.get('ticket') ?? ''
    // An address is good once.
    if (!tickets.delete(ticket)) return socket.close(4_000)
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('message', (data: Buffer) => {
      const { envelope_id: id } = JSON.parse(data.toString()) as { envelope_id: string }
      acknowledged.push(id)
    })
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }))
  })

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    apiUrl: `${base}/api/`,
    ...{ posted, calls, troubles, acknowledged, sockets },
    push: (id, type, payload) => {
      const frame = { envelope_id: id, type, payload, accepts_response_payload: false }
      ;[...sockets].at(-1)?.send(JSON.stringify(frame))
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

/** Signs as Slack does and posts to an app's address; answers with the status and text. */
export async function deliver(
  url: string,
  secret: string,
  body: string,
  { type = 'application/json', at = Date.now(), signature = '', retry = 0 } = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const timestamp = String(Math.floor(at / 1000))
  const signed = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature === '' ? signed : signature,
      ...(retry === 0 ? {} : { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }),
    },
    body,
  })
  return { status: response.status, text: await response.text() }
}

/** A message event in its envelope. */
export function messageEvent(eventId: string, event: Record<string, unknown>): Record<string, unknown> {
  return {
    type: 'event_callback',
    token: 'old',
    team_id: 'T1',
    api_app_id: 'A1',
    event_id: eventId,
    event_time: 1_700_000_000,
    authorizations: [{ team_id: 'T1', user_id: 'UBOT', is_bot: true, is_enterprise_install: false }],
    event: { type: 'message', user: 'U1', channel: 'C1', ts: '1700000001.000100', text: 'hello', ...event },
  }
}

/** A pressed button, as its form. */
export function pressForm(value: string, more: Record<string, unknown> = {}): string {
  const payload = {
    type: 'block_actions',
    team: { id: 'T1', domain: 'x' },
    user: { id: 'U1', name: 'li', team_id: 'T1' },
    channel: { id: 'C1', name: 'desk' },
    message: { ts: '1700000002.000200', text: 'card' },
    actions: [
      { type: 'button', action_id: 'command-0', block_id: 'b', value, action_ts: '1700000003.000300' },
    ],
    ...more,
  }
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
}
