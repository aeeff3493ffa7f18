import { WebSocket } from 'ws'
import type { Api } from './api.ts'
import { answerTo, MESSAGES, parseJson, readFrame, type Frame } from './frames.ts'

export interface StreamOptions {
  readonly api: Pick<Api, 'openConnection'>
  /** Takes one message; what it rejects DingTalk is told was not taken. */
  readonly receive: (data: unknown) => Promise<void>
  readonly onNotKept: (error: unknown) => void
  readonly onBroken: () => void
  /** A connection on which nothing, not even the answer to a ping, came for so long is dead. */
  readonly silenceMs?: number
  /** DingTalk closes a connection ten seconds after it said that it would. */
  readonly farewellMs?: number
}

const MOST_BYTES = 1024 * 1024

/**
 * Stream mode. A connection that DingTalk announces to end is still listened to while the next is opened: messages
 * find nobody otherwise, and DingTalk does not send them again.
 */
export class Stream {
  readonly #options: StreamOptions
  readonly #open = new Set<Promise<void>>()

  constructor(options: StreamOptions) {
    this.#options = options
  }

  /** One connection, until it ends or its end is announced; for `KeepConnected`. */
  async connect(signal: AbortSignal, onOpen: () => void): Promise<void> {
    const url = await this.#options.api.openConnection([MESSAGES])
    if (signal.aborted) return
    const socket = new WebSocket(url, { maxPayload: MOST_BYTES, handshakeTimeout: 10_000 })
    const leaving = new Promise<void>((resolve) => {
      const over = this.#listen(socket, signal, onOpen, resolve)
      this.#open.add(over)
      void over.finally(() => this.#open.delete(over))
    })
    await leaving
  }

  /** Resolves when every connection is over and what came over it is worked off. */
  async settled(): Promise<void> {
    await Promise.all(this.#open)
  }

  async #listen(
    socket: WebSocket,
    signal: AbortSignal,
    onOpen: () => void,
    onLeave: () => void,
  ): Promise<void> {
    const { silenceMs = 60_000, farewellMs = 15_000, onBroken } = this.#options
    const end = () => socket.terminate()
    const silence = setTimeout(end, silenceMs)
    const ping = () => {
      if (socket.readyState === WebSocket.OPEN) socket.ping()
    }
    const pings = setInterval(ping, silenceMs / 3)
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    const busy = new Set<Promise<void>>()
    let farewell: NodeJS.Timeout | undefined
    let opened = false
    // An answer to a ping shows that the other side is there; that it took the connection does not.
    const heard = () => {
      silence.refresh()
      if (!opened) onOpen()
      opened = true
    }
    socket.on('open', ping)
    socket.on('pong', heard)
    socket.on('error', () => {
      if (!signal.aborted) onBroken()
    })
    socket.on('message', (data) => {
      heard()
      const frame = readFrame(data)
      if (!frame) return
      if (frame.type === 'SYSTEM' && frame.headers.topic === 'disconnect') {
        farewell ??= setTimeout(end, farewellMs)
        return onLeave()
      }
      const work = this.#answer(frame, socket).finally(() => busy.delete(work))
      busy.add(work)
    })
    signal.addEventListener('abort', end, { once: true })
    await closed
    onLeave()
    clearTimeout(silence)
    clearTimeout(farewell)
    clearInterval(pings)
    signal.removeEventListener('abort', end)
    await Promise.all(busy)
  }

  async #answer(frame: Frame, socket: WebSocket): Promise<void> {
    const answer = await this.#work(frame)
    if (socket.readyState === WebSocket.OPEN) socket.send(answer)
  }

  async #work(frame: Frame): Promise<string> {
    const { type, headers, data } = frame
    if (type === 'SYSTEM') return answerTo(frame, headers.topic === 'ping' ? 200 : 404, data)
    // Nobody here waits for events, so none is to be sent again.
    if (type === 'EVENT') return answerTo(frame, 200, '{"status":"SUCCESS"}')
    if (headers.topic !== MESSAGES) return answerTo(frame, 404)
    try {
      await this.#options.receive(parseJson(data))
      return answerTo(frame, 200)
    } catch (error) {
      this.#options.onNotKept(error)
      return answerTo(frame, 500)
    }
  }
}
