import type { Server } from 'restify'
import type { Store } from '../../store/port.ts'
import type { Logic } from '../in-process-adapter.ts'
import { MessagingAdapter } from '../messaging/adapter.ts'
import { KeepConnected } from '../messaging/keep-connected.ts'
import { Threads } from '../messaging/threads.ts'
import { feishuApi, type FeishuApi } from './api.ts'
import { whoIsBot } from './bot.ts'
import { connectLong } from './long-connection.ts'
import { namesOf } from './names.ts'
import { PersonalChats } from './personal-chats.ts'
import { feishuPlatform } from './platform.ts'
import { receive } from './receive.ts'
import type { FeishuSettings } from './settings.ts'
import { mountWebhook } from './webhook.ts'

export interface FeishuLog {
  error(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface FeishuOptions {
  readonly server: Server
  readonly store: Store
  readonly logic: Logic
  readonly clock: () => Date
  readonly log: FeishuLog
  readonly settings: FeishuSettings
}

export interface MountedFeishu {
  readonly adapter: MessagingAdapter
  /** Works off what is kept and connects, where the long connection is on. */
  start(): void
  /** Whether the connection it keeps is open; undefined where it keeps none. */
  connected(): boolean | undefined
  /** Ends with nothing half done. */
  stop(): Promise<void>
}

/** Serves Feishu: its webhook where there is a key to check it with, the long connection where that is on. */
export function mountFeishu({ server, store, logic, clock, log, settings }: FeishuOptions): MountedFeishu {
  const { appId, webhook: secrets, longConnection } = settings
  const api = feishuApi({ ...settings, clock })
  const adapter = new MessagingAdapter({
    platform: feishuPlatform(api),
    store,
    logic,
    clock,
    onError: (error) => log.warn({ err: error }, 'Feishu: something failed; it is tried again'),
    onDead: async (error, { chat }) =>
      log.error({ err: error, chat }, 'Feishu: a message was given up; docs/channels/feishu.md says why'),
  })
  const taking = {
    appId,
    accept: adapter.accept.bind(adapter),
    threads: new Threads(store, 'feishu'),
    personalChats: new PersonalChats(store),
    bot: whoIsBot(api),
    nameOf: namesOf(api, clock),
  }
  if (secrets) mountWebhook(server, { ...taking, secrets, clock })
  const connection = longConnection ? keepLong(api, (body) => receive(body, taking), log) : undefined
  return {
    adapter,
    connected: () => connection?.connected,
    start: () => {
      adapter.start()
      connection?.start()
    },
    stop: async () => {
      await connection?.stop()
      await adapter.stop()
    },
  }
}

function keepLong(api: FeishuApi, take: (body: unknown) => Promise<unknown>, log: FeishuLog): KeepConnected {
  return new KeepConnected({
    connect: (signal, onOpen) =>
      connectLong(
        {
          api,
          receive: take,
          onError: (error) => log.error({ err: error }, 'Feishu: an event was not kept; it is sent again'),
        },
        signal,
        onOpen,
      ),
    onError: (error) => log.warn({ err: error }, 'Feishu: no connection; it is tried again'),
  })
}
