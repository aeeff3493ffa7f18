import { KeepConnected } from '../messaging/keep-connected.ts'
import { slackApi } from './api.ts'
import { slackPlatform } from './platform.ts'
import { receive } from './receive.ts'
import type { SlackSettings } from './settings.ts'
import { connectSocket } from './socket.ts'
import { Threads } from '../messaging/threads.ts'
import { mountWebhook } from './webhook.ts'
import {
  mountedChannel,
  platformAdapter,
  type ChannelLog,
  type MountedStaffChannel,
  type StaffChannelOptions,
} from '../messaging/staff-channel.ts'

export interface SlackOptions extends StaffChannelOptions {
  readonly settings: SlackSettings
}

/** Serves Slack: its webhook where there is a signing secret, Socket Mode where there is an app-level token. */
export function mountSlack({
  server,
  store,
  logic,
  clock,
  log,
  settings,
}: SlackOptions): MountedStaffChannel {
  const { botToken, signingSecret, appToken, apiUrl } = settings
  const adapter = platformAdapter('Slack', slackPlatform(slackApi({ token: botToken, apiUrl }), clock), {
    store,
    logic,
    clock,
    log,
  })
  const taking = { accept: adapter.accept.bind(adapter), threads: new Threads(store, 'slack') }
  if (signingSecret !== undefined) mountWebhook(server, { ...taking, signingSecret, clock })
  const connection =
    appToken === undefined ? undefined : socketMode(appToken, apiUrl, (body) => receive(body, taking), log)
  return mountedChannel(adapter, connection)
}

function socketMode(
  token: string,
  apiUrl: string | undefined,
  take: (body: unknown) => Promise<unknown>,
  log: ChannelLog,
): KeepConnected {
  const call = slackApi({ token, apiUrl })
  return new KeepConnected({
    connect: (signal, onOpen) =>
      connectSocket(
        {
          call,
          receive: take,
          onError: (error) => log.error({ err: error }, 'Slack: an event was not kept; Slack sends it again'),
        },
        signal,
        onOpen,
      ),
    onError: (error) => log.warn({ err: error }, 'Slack: no connection; it is tried again'),
  })
}
