import type { IncomingMessage, Server as HttpServer } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { AppError } from '../../errors.ts'
import { readToken, tokenMissing } from './access.ts'
import { logKey } from './conversations.ts'
import { toDirectLineError } from './errors.ts'
import { PREFIX, STREAM_LIMITS } from './options.ts'
import { allowedOrigin } from './origin.ts'
import { Peers } from './peers.ts'
import { ownOnly, type Service } from './service.ts'
import { readWatermark } from './watermark.ts'

/** Clients send nothing but empty keep-alives. */
const MAX_FRAME_BYTES = 1024
const PATH = new RegExp(`^${PREFIX}/conversations/([^/]+)/stream$`)

/** GET conversations/:id/stream as a WebSocket. Returns what ends it. */
export function mountStream(http: HttpServer, service: Service): () => Promise<void> {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  })
  const peers = new Peers(service, { ...STREAM_LIMITS, ...service.options.limits })
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (!request.url?.startsWith(`${PREFIX}/`)) return
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') return
    socket.on('error', () => socket.destroy())
    admit(request, service).then(
      ({ conversationId, watermark }) =>
        sockets.handleUpgrade(request, socket, head, (peer: WebSocket) =>
          peers.serve(peer, conversationId, watermark),
        ),
      (error: unknown) => refuse(socket, error, service),
    )
  }
  http.on('upgrade', onUpgrade)
  return async () => {
    http.off('upgrade', onUpgrade)
    await peers.close()
  }
}

async function admit(
  request: IncomingMessage,
  { tokens, options, conversations }: Service,
): Promise<{ readonly conversationId: string; readonly watermark: number }> {
  const [path, query] = (request.url ?? '').split('?', 2)
  const id = PATH.exec(path ?? '')?.[1]
  if (id === undefined)
    throw new AppError('not-found', {
      detail: 'There is no WebSocket here.',
      remedy: 'Connect to a streamUrl as it came.',
    })
  options.rates?.socket(request)
  const origin = allowedOrigin(request, options)
  const parameters = new URLSearchParams(query)
  const token = parameters.get('t')
  if (!token) throw tokenMissing('The address has no token in its parameter t.')
  const claims = await readToken(token, ['stream', 'conversation'], tokens, origin)
  ownOnly(claims, id)
  await conversations.get(id)
  const given = parameters.getAll('watermark')
  const watermark = await readWatermark(given.length > 1 ? given : given[0], options.store.logs, logKey(id))
  return { conversationId: id, watermark }
}

function refuse(socket: Duplex, error: unknown, { options }: Service): void {
  const { status, body } = toDirectLineError(error)
  if (status >= 500) options.log.error({ err: error }, `Direct Line answered ${status}`)
  const wait = error instanceof AppError ? error.retryAfterSeconds : undefined
  const text = JSON.stringify(body)
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Referrer-Policy: no-referrer',
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    `Content-Length: ${Buffer.byteLength(text)}`,
    ...(wait === undefined ? [] : [`Retry-After: ${wait}`]),
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`, () => socket.destroy())
}
