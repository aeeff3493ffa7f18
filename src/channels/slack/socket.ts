import { WebSocket, type RawData } from 'ws'
import { z } from 'zod'
import { TryLater } from '../messaging/delivery-error.ts'
import type { Call } from './api.ts'

export interface SocketOptions {
  /** The Web API with the app-level token. */
  readonly call: Call
  /** Takes one event; what it rejects is not acknowledged, so Slack delivers it again. */
  readonly receive: (body: unknown) => Promise<unknown>
  readonly onError: (error: unknown) => void
  /** A connection on which nothing, not even a ping, came for so long is dead. Slack pings every few seconds. */
  readonly silenceMs?: number
}

const MOST_BYTES = 1024 * 1024
const openedSchema = z.object({ url: z.url({ protocol: /^wss?$/ }) })
const frameSchema = z.looseObject({
  type: z.string(),
  envelope_id: z.string().optional(),
  payload: z.unknown().optional(),
})

/** One connection in Socket Mode, until either side ends it; for `KeepConnected`. */
export async function connectSocket(
  options: SocketOptions,
  signal: AbortSignal,
  onOpen: () => void,
): Promise<void> {
  // The address is good for one connection.
  const { url } = openedSchema.parse(await options.call('apps.connections.open'))
  if (signal.aborted) return
  const socket = new WebSocket(url, { maxPayload: MOST_BYTES, handshakeTimeout: 10_000 })
  const end = () => socket.terminate()
  const silence = setTimeout(end, options.silenceMs ?? 60_000)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const busy = new Set<Promise<void>>()
  let failed: unknown
  socket.on('error', (error) => (failed = error))
  socket.on('ping', () => silence.refresh())
  socket.on('message', (data) => {
    silence.refresh()
    const work = onFrame(socket, data, options, onOpen, () => leave(socket, busy)).finally(() =>
      busy.delete(work),
    )
    busy.add(work)
  })
  signal.addEventListener('abort', end, { once: true })
  await closed
  clearTimeout(silence)
  signal.removeEventListener('abort', end)
  await Promise.allSettled(busy)
  if (failed !== undefined && !signal.aborted) throw new TryLater('slack', 'the connection broke', 0)
}

async function onFrame(
  socket: WebSocket,
  data: RawData,
  { receive, onError }: SocketOptions,
  onOpen: () => void,
  onLeave: () => void,
): Promise<void> {
  const frame = frameSchema.safeParse(parse(data)).data
  if (!frame) return
  if (frame.type === 'hello') return onOpen()
  if (frame.type === 'disconnect') return onLeave()
  if (frame.envelope_id === undefined) return
  try {
    await receive(frame.payload)
    // Only what is kept is acknowledged.
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ envelope_id: frame.envelope_id }))
  } catch (error) {
    onError(error)
  }
}

/** Slack is about to close the connection: what is under way is acknowledged, then a new one is opened. */
function leave(socket: WebSocket, busy: ReadonlySet<Promise<void>>): void {
  void Promise.allSettled([...busy]).then(() => socket.close())
}

function parse(data: RawData): unknown {
  try {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(new Uint8Array(data))
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
