import type { RawData, WebSocket } from 'ws'
import type { ActivitySet, Conversations } from './conversations.ts'
import type { Service } from './service.ts'
import type { StreamLimits } from './options.ts'

/** Close codes of RFC 6455 and its registry. */
const ENDED = 1000
const GOING_AWAY = 1001
const UNSUPPORTED = 1003
const FAILED = 1011
const TRY_AGAIN_LATER = 1013
const PAGE = 100
const FAREWELL_MS = 1_000

interface Peer {
  readonly conversationId: string
  alive: boolean
  /** What it sent since the last beat. */
  frames: number
}

/** The open sockets of this process: what each conversation's log holds goes out on them, as it comes in. */
export class Peers {
  readonly #open = new Map<WebSocket, Peer>()
  readonly #service: Service
  readonly #limits: StreamLimits
  readonly #heartbeat: NodeJS.Timeout
  #closed = false

  constructor(service: Service, limits: StreamLimits) {
    this.#service = service
    this.#limits = limits
    this.#heartbeat = setInterval(() => void this.#beat(), limits.pingMs).unref()
  }

  /** Sends all activities after the watermark, then each new one, until either side ends. */
  serve(socket: WebSocket, conversationId: string, watermark: number): void {
    if (this.#closed) return socket.close(GOING_AWAY)
    if (this.#countOf(conversationId) >= this.#limits.maxSockets)
      return socket.close(TRY_AGAIN_LATER, 'Too many sockets of this conversation are open.')
    const peer: Peer = { conversationId, alive: true, frames: 0 }
    const ended = new AbortController()
    this.#open.set(socket, peer)
    const count = () => {
      peer.alive = true
      peer.frames += 1
      // Without a farewell: whoever floods may not read either, and every answer to a ping would pile up.
      if (peer.frames > this.#limits.maxFrames) socket.terminate()
    }
    socket.on('pong', count)
    socket.on('ping', count)
    socket.on('message', (data: RawData) => {
      count()
      if (byteLength(data) > 0)
        socket.close(UNSUPPORTED, 'This socket takes empty keep-alives only; POST activities.')
    })
    // Protocol errors of the peer; `close` follows.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      ended.abort()
      this.#open.delete(socket)
    })
    this.#pump(socket, conversationId, watermark, ended.signal).then(
      () => socket.close(GOING_AWAY),
      (error: unknown) => {
        if (ended.signal.aborted) return
        this.#service.options.log.error({ err: error }, 'A Direct Line stream failed')
        socket.close(FAILED)
      },
    )
  }

  async #pump(socket: WebSocket, id: string, watermark: number, signal: AbortSignal): Promise<void> {
    const { conversations } = this.#service
    for await (const set of fromWatermark(conversations, id, watermark, signal)) {
      if (await this.#deliver(socket, set)) continue
      return socket.close(TRY_AGAIN_LATER, 'Reading too slowly; reconnect with the last watermark.')
    }
  }

  /** False if the client reads too slowly. Waiting here holds the log's reader back, so nothing more piles up. */
  async #deliver(socket: WebSocket, set: ActivitySet): Promise<boolean> {
    const { maxBufferedBytes, patienceMs } = this.#limits
    // Also called when the socket closes under way; `close` tells of that.
    const sent = new Promise<boolean>((resolve) => socket.send(JSON.stringify(set), () => resolve(true)))
    if (socket.bufferedAmount <= maxBufferedBytes) return true
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), patienceMs)))
    return Promise.race([sent, late]).finally(() => clearTimeout(timer))
  }

  /** Drops peers that have not answered since the last beat, and those whose conversation was deleted. */
  async #beat(): Promise<void> {
    for (const [socket, peer] of this.#open) {
      if (!peer.alive) socket.terminate()
      else socket.ping()
      peer.alive = false
      peer.frames = 0
    }
    for (const [socket, { conversationId }] of [...this.#open]) {
      const found = await this.#service.conversations.find(conversationId).catch(() => 'unknown')
      if (found === undefined) socket.close(ENDED, 'The conversation was deleted.')
    }
  }

  #countOf(conversationId: string): number {
    let count = 0
    for (const peer of this.#open.values()) if (peer.conversationId === conversationId) count += 1
    return count
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#heartbeat)
    await Promise.all([...this.#open.keys()].map(dismiss))
  }
}

/** What is there in pages, so that a long history does not make a frame of each activity; then what comes. */
async function* fromWatermark(
  conversations: Conversations,
  id: string,
  after: number,
  signal: AbortSignal,
): AsyncIterable<ActivitySet> {
  let seen = after
  while (!signal.aborted) {
    const set = await conversations.read(id, seen, PAGE)
    if (set.activities.length === 0) break
    yield set
    seen = Number(set.watermark)
  }
  yield* conversations.tail(id, seen, signal)
}

function dismiss(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), FAREWELL_MS)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.close(GOING_AWAY, 'The server is going away; reconnect.')
  })
}

function byteLength(data: RawData): number {
  return Array.isArray(data) ? data.reduce((sum, part) => sum + part.length, 0) : data.byteLength
}
