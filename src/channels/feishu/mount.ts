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
import {
  mountedChannel,
  platformAdapter,
  type ChannelLog,
  type MountedStaffChannel,
  type StaffChannelOptions,
} from '../messaging/staff-channel.ts'

export interface FeishuOptions extends StaffChannelOptions {
  readonly settings: FeishuSettings
}

/** Serves Feishu: its webhook where there is a key to check it with, the long connection where that is on. */
export function mountFeishu({
  server,
  store,
  logic,
  clock,
  log,
  settings,
}: FeishuOptions): MountedStaffChannel {
  const { appId, webhook: secrets, longConnection } = settings
  const api = feishuApi({ ...settings, clock })
  const adapter = platformAdapter('Feishu', feishuPlatform(api), { store, logic, clock, log })
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
  return mountedChannel(adapter, connection)
}

function keepLong(api: FeishuApi, take: (body: unknown) => Promise<unknown>, log: ChannelLog): KeepConnected {
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
