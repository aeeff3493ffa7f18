import type { Inbound } from '../messaging/channel.ts'
import { persist } from '../messaging/persist.ts'
import { appApi } from './app-api.ts'
import { botConnection, type BotConnection, type BotConnectionOptions } from './bot-connection.ts'
import { readBotEvent } from './bot-events.ts'
import { mountCallback } from './callback.ts'
import { wecomPlatform } from './platform.ts'
import type { BotSettings, WecomSettings } from './settings.ts'
import {
  mountedChannel,
  platformAdapter,
  type ChannelLog,
  type MountedStaffChannel,
  type StaffChannelOptions,
} from '../messaging/staff-channel.ts'

export interface WecomOptions extends StaffChannelOptions {
  readonly settings: WecomSettings
  /** For tests: how long the bot's connection waits for what. */
  readonly waits?: BotConnectionOptions['waits']
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
}: WecomOptions): MountedStaffChannel {
  const { corpId } = settings
  const accept = (inbound: Inbound): Promise<void> => adapter.accept(inbound)
  const bot = settings.bot && connectionOf(settings.bot, corpId, accept, clock, log, waits)
  const app = settings.app && appApi({ ...settings.app, corpId, clock })
  const adapter = platformAdapter('WeCom', wecomPlatform({ bot, app, clock }), { store, logic, clock, log })
  if (settings.app) mountCallback(server, { corpId, app: settings.app, accept, clock })
  return mountedChannel(adapter, bot)
}

/** Before each new attempt to keep what came over the connection: WeCom delivers it once, with nothing to refuse it by. */
const PAUSES_MS = [200, 1_000, 5_000, 20_000]

function connectionOf(
  bot: BotSettings,
  corpId: string,
  accept: (inbound: Inbound) => Promise<void>,
  clock: () => Date,
  log: ChannelLog,
  waits: BotConnectionOptions['waits'],
): BotConnection {
  const receive = async (body: unknown, request: string): Promise<void> => {
    const inbound = readBotEvent(body, { request, at: clock() }, corpId)
    if (!inbound) return
    await persist(() => accept(inbound), PAUSES_MS).catch((error: unknown) =>
      log.error({ err: error }, 'WeCom: a message was not kept and is lost'),
    )
  }
  return botConnection({
    bot,
    receive,
    onError: (error, message) => log.warn({ err: error }, message),
    ...(waits === undefined ? {} : { waits }),
  })
}
