import { setTimeout as pause } from 'node:timers/promises'
import type { Server } from 'restify'
import type { Store } from '../../store/port.ts'
import type { Logic } from '../in-process-adapter.ts'
import { MessagingAdapter } from '../messaging/adapter.ts'
import type { Inbound } from '../messaging/channel.ts'
import { appApi } from './app-api.ts'
import { botConnection, type BotConnection, type BotConnectionOptions } from './bot-connection.ts'
import { readBotEvent } from './bot-events.ts'
import { mountCallback } from './callback.ts'
import { wecomPlatform } from './platform.ts'
import type { BotSettings, WecomSettings } from './settings.ts'

export interface WecomLog {
  error(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface WecomOptions {
  readonly server: Server
  readonly store: Store
  readonly logic: Logic
  readonly clock: () => Date
  readonly log: WecomLog
  readonly settings: WecomSettings
  /** For tests: how long the bot's connection waits for what. */
  readonly waits?: BotConnectionOptions['waits']
}

export interface MountedWecom {
  readonly adapter: MessagingAdapter
  /** Works off what is kept and connects, where the bot is on. */
  start(): void
  /** Whether the connection it keeps is open; undefined where it keeps none. */
  connected(): boolean | undefined
  /** Ends with nothing half done. */
  stop(): Promise<void>
}

/** Serves WeCom: the AI bot over its connection, the app over its callback, or both. */
export function mountWecom({
  server,
  store,
  logic,
  clock,
  log,
  settings,
  waits,
}: WecomOptions): MountedWecom {
  const { corpId } = settings
  const accept = (inbound: Inbound): Promise<void> => adapter.accept(inbound)
  const bot = settings.bot && connectionOf(settings.bot, corpId, accept, clock, log, waits)
  const app = settings.app && appApi({ ...settings.app, corpId, clock })
  const adapter = new MessagingAdapter({
    platform: wecomPlatform({ bot, app, clock }),
    store,
    logic,
    clock,
    onError: (error) => log.warn({ err: error }, 'WeCom: something failed; it is tried again'),
    onDead: async (error, { chat }) =>
      log.error({ err: error, chat }, 'WeCom: a message was given up; docs/channels/wecom.md says why'),
  })
  if (settings.app) mountCallback(server, { corpId, app: settings.app, accept, clock })
  return {
    adapter,
    connected: () => bot?.connected,
    start: () => {
      adapter.start()
      bot?.start()
    },
    stop: async () => {
      await bot?.stop()
      await adapter.stop()
    },
  }
}

/** Before each new attempt to keep what came over the connection: WeCom delivers it once, with nothing to refuse it by. */
const PAUSES_MS = [200, 1_000, 5_000, 20_000]

function connectionOf(
  bot: BotSettings,
  corpId: string,
  accept: (inbound: Inbound) => Promise<void>,
  clock: () => Date,
  log: WecomLog,
  waits: BotConnectionOptions['waits'],
): BotConnection {
  const receive = async (body: unknown, request: string): Promise<void> => {
    const inbound = readBotEvent(body, { request, at: clock() }, corpId)
    if (!inbound) return
    for (const wait of [...PAUSES_MS, undefined]) {
      try {
        return await accept(inbound)
      } catch (error) {
        if (wait === undefined) return log.error({ err: error }, 'WeCom: a message was not kept and is lost')
        await pause(wait)
      }
    }
  }
  return botConnection({
    bot,
    receive,
    onError: (error, message) => log.warn({ err: error }, message),
    ...(waits === undefined ? {} : { waits }),
  })
}
