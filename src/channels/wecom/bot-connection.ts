import { EventEmitter, once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { WSClient } from '@wecom/aibot-node-sdk'
import { KeepConnected } from '../messaging/keep-connected.ts'
import { TryLater } from '../messaging/delivery-error.ts'
import type { Json } from '../../store/port.ts'
import { command, connect, type ConnectOptions } from './bot-client.ts'

export interface BotConnectionOptions extends Omit<ConnectOptions, 'waits'> {
  readonly onError: (error: unknown, message: string) => void
  readonly waits?: Partial<typeof WAITS>
}

export interface BotConnection {
  readonly connected: boolean
  start(): void
  stop(): Promise<void>
  /**
   * Sends one command and waits for its acknowledgement. `request` is that of the message replied to.
   * @returns WeCom's code, 0 for taken. @throws TryLater without a connection, Unsure without an answer
   */
  command(name: string, body: Readonly<Record<string, Json>>, request?: string): Promise<number>
}

const WAITS = {
  /** For the connection to come back, before a message is put back. */
  forConnection: 10_000,
  /** For WeCom to accept id and secret. */
  forSubscription: 15_000,
  /** After another connection of the same bot took over: two that take turns would hear nothing. */
  afterTakeover: 60_000,
  heartbeat: 30_000,
  /** Before the first attempt to connect again. */
  toReconnect: 1_000,
}
const OPEN = 'open'
const nothing = (): void => undefined

/** The AI bot's connection, kept up. WeCom has one for each bot: a new one ends the one before. */
export function botConnection(options: BotConnectionOptions): BotConnection {
  const { onError } = options
  const waits = { ...WAITS, ...options.waits }
  const stopped = new AbortController()
  const news = new EventEmitter().setMaxListeners(0)
  let current: WSClient | undefined

  async function connectOnce(signal: AbortSignal, onOpen: () => void): Promise<void> {
    const onReady = (client: WSClient): void => {
      current = client
      onOpen()
      news.emit(OPEN)
    }
    const end = await connect({ ...options, waits }, signal, onReady).finally(() => (current = undefined))
    if (end !== 'taken over') return
    const error = new TryLater('wecom', 'another connection of this bot took over', waits.afterTakeover)
    onError(error, 'WeCom: another process connected as this bot; docs/channels/wecom.md')
    await pause(waits.afterTakeover, undefined, { signal }).catch(nothing)
  }

  const keeper = new KeepConnected({
    connect: connectOnce,
    onError: (error) => onError(error, 'WeCom: no connection; it is tried again'),
    firstWaitMs: waits.toReconnect,
  })
  return {
    start: () => keeper.start(),
    get connected() {
      return keeper.connected
    },
    stop: async () => {
      stopped.abort()
      await keeper.stop()
    },
    command: async (name, body, request) => {
      const patience = AbortSignal.any([stopped.signal, AbortSignal.timeout(waits.forConnection)])
      if (!current) await once(news, OPEN, { signal: patience }).catch(nothing)
      if (!current) throw new TryLater('wecom', `${name}: not connected`, 1_000)
      return command(current, name, body, request)
    },
  }
}
