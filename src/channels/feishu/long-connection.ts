import { WebSocket, type RawData } from 'ws'
import { z } from 'zod'
import { TryLater } from '../messaging/delivery-error.ts'
import type { FeishuApi } from './api.ts'
import { CONTROL, DATA, decodeFrame, encodeFrame, type Frame } from './frame.ts'
import { Parts } from './parts.ts'

export interface LongConnectionOptions {
  readonly api: Pick<FeishuApi, 'asApp'>
  /** Takes one event; what it rejects is answered as failed, so the platform delivers it again. */
  readonly receive: (body: unknown) => Promise<unknown>
  readonly onError: (error: unknown) => void
}

const MOST_BYTES = 1024 * 1024
const openedSchema = z.object({
  data: z.object({
    URL: z.url({ protocol: /^wss?$/ }),
    ClientConfig: z.object({ PingInterval: z.number().positive() }).partial().optional(),
  }),
})
const EVENTS = new Set(['event', 'card'])

/** One long connection to the platform, until either side ends it; for `KeepConnected`. */
export async function connectLong(
  options: LongConnectionOptions,
  signal: AbortSignal,
  onOpen: () => void,
): Promise<void> {
  // The address is good for one connection.
  const { data } = openedSchema.parse(
    await options.api.asApp('/callback/ws/endpoint', { id: 'AppID', secret: 'AppSecret' }),
  )
  if (signal.aborted) return
  const pingMs = Math.min(300, Math.max(1, data.ClientConfig?.PingInterval ?? 120)) * 1_000
  const socket = new WebSocket(data.URL, { maxPayload: MOST_BYTES, handshakeTimeout: 10_000 })
  const end = () => socket.terminate()
  // Every ping is answered: a connection silent for longer than that is dead.
  const silence = setTimeout(end, 2 * pingMs + 10_000)
  const pinging = setInterval(() => send(socket, ping(data.URL)), pingMs)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const parts = new Parts()
  const busy = new Set<Promise<void>>()
  let failed = false
  socket.on('error', () => (failed = true))
  socket.on('open', onOpen)
  socket.on('message', (bytes) => {
    silence.refresh()
    const work = onFrame(socket, bytes, parts, options).finally(() => busy.delete(work))
    busy.add(work)
  })
  signal.addEventListener('abort', end, { once: true })
  await closed
  clearTimeout(silence)
  clearInterval(pinging)
  signal.removeEventListener('abort', end)
  await Promise.allSettled(busy)
  if (failed && !signal.aborted) throw new TryLater('feishu', 'the connection broke', 0)
}

async function onFrame(
  socket: WebSocket,
  bytes: RawData,
  parts: Parts,
  { receive, onError }: LongConnectionOptions,
): Promise<void> {
  const frame = decodeFrame(bufferOf(bytes))
  if (frame?.method !== DATA || !EVENTS.has(frame.headers.get('type') ?? '')) return
  const body = parts.add(frame)
  const event = body === undefined ? undefined : parsed(body)
  if (event === undefined) return
  let code = 200
  try {
    // Only what is kept is acknowledged.
    await receive(event)
  } catch (error) {
    code = 500
    onError(error)
  }
  send(socket, { ...frame, payload: Buffer.from(JSON.stringify({ code })) })
}

function ping(url: string): Frame {
  const service = new URL(url).searchParams.get('service_id') ?? ''
  return {
    sequence: 0n,
    log: 0n,
    service: /^\d{1,18}$/.test(service) ? BigInt(service) : 0n,
    method: CONTROL,
    headers: new Map([['type', 'ping']]),
    payload: Buffer.alloc(0),
  }
}

function send(socket: WebSocket, frame: Frame): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(encodeFrame(frame))
}

function bufferOf(data: RawData): Buffer {
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(new Uint8Array(data))
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
