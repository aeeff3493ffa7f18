import type { Server } from 'restify'
import type { Store } from '../../store/port.ts'
import type { Logic } from '../in-process-adapter.ts'
import { MessagingAdapter } from '../messaging/adapter.ts'
import { KeepConnected } from '../messaging/keep-connected.ts'
import { slackApi } from './api.ts'
import { slackPlatform } from './platform.ts'
import { receive } from './receive.ts'
import type { SlackSettings } from './settings.ts'
import { connectSocket } from './socket.ts'
import { Threads } from '../messaging/threads.ts'
import { mountWebhook } from './webhook.ts'

export interface SlackLog {
  error(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface SlackOptions {
  readonly server: Server
  readonly store: Store
  readonly logic: Logic
  readonly clock: () => Date
  readonly log: SlackLog
  readonly settings: SlackSettings
}

export interface MountedSlack {
  readonly adapter: MessagingAdapter
  /** Works off what is kept and connects, where Socket Mode is on. */
  start(): void
  /** Whether the connection it keeps is open; undefined where it keeps none. */
  connected(): boolean | undefined
  /** Ends with nothing half done. */
  stop(): Promise<void>
}

/** Serves Slack: its webhook where there is a signing secret, Socket Mode where there is an app-level token. */
export function mountSlack({ server, store, logic, clock, log, settings }: SlackOptions): MountedSlack {
  const { botToken, signingSecret, appToken, apiUrl } = settings
  const adapter = new MessagingAdapter({
    platform: slackPlatform(slackApi({ token: botToken, apiUrl }), clock),
    store,
    logic,
    clock,
    onError: (error) => log.warn({ err: error }, 'Slack: something failed; it is tried again'),
    onDead: async (error, { chat }) =>
      log.error({ err: error, chat }, 'Slack: a message was given up; docs/channels/slack.md says why'),
  })
  const taking = { accept: adapter.accept.bind(adapter), threads: new Threads(store, 'slack') }
  if (signingSecret !== undefined) mountWebhook(server, { ...taking, signingSecret, clock })
  const connection =
    appToken === undefined ? undefined : socketMode(appToken, apiUrl, (body) => receive(body, taking), log)
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

function socketMode(
  token: string,
  apiUrl: string | undefined,
  take: (body: unknown) => Promise<unknown>,
  log: SlackLog,
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
