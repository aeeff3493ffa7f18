import type { Store } from '../../store/port.ts'
import type { Logic } from '../in-process-adapter.ts'
import { MessagingAdapter } from '../messaging/adapter.ts'
import { KeepConnected } from '../messaging/keep-connected.ts'
import { dingtalkApi } from './api.ts'
import { readMessage } from './events.ts'
import { Keep } from './keep.ts'
import { dingtalkPlatform } from './platform.ts'
import type { DingtalkSettings } from './settings.ts'
import { Stream } from './stream.ts'

export interface DingtalkLog {
  error(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface DingtalkOptions {
  readonly store: Store
  readonly logic: Logic
  readonly clock: () => Date
  readonly log: DingtalkLog
  readonly settings: DingtalkSettings
}

export interface MountedDingtalk {
  readonly adapter: MessagingAdapter
  /** Works off what is kept and connects. */
  start(): void
  /** Whether the connection it keeps is open; undefined where it keeps none. */
  connected(): boolean | undefined
  /** Ends with nothing half done. */
  stop(): Promise<void>
}

/** Serves DingTalk in Stream mode: the assistant connects to DingTalk, so nothing listens here. */
export function mountDingtalk({ store, logic, clock, log, settings }: DingtalkOptions): MountedDingtalk {
  const api = dingtalkApi({ ...settings, clock })
  const adapter = new MessagingAdapter({
    platform: dingtalkPlatform({ ...settings, api, clock }),
    store,
    logic,
    clock,
    onError: (error) => log.warn({ err: error }, 'DingTalk: something failed; it is tried again'),
    onDead: async (error, { chat }) =>
      log.error({ err: error, chat }, 'DingTalk: a message was given up; docs/channels/dingtalk.md says why'),
  })
  const ended = new AbortController()
  const kept = new Keep((inbound) => adapter.accept(inbound), ended.signal)
  const stream = new Stream({
    api,
    receive: async (data) => {
      const inbound = readMessage(data)
      if (inbound) await kept.keep(inbound)
    },
    onNotKept: (error) => log.error({ err: error }, 'DingTalk: a message was not kept and is lost'),
    onBroken: () => log.warn({}, 'DingTalk: the connection broke; another follows'),
  })
  const connection = new KeepConnected({
    connect: (signal, onOpen) => stream.connect(signal, onOpen),
    onError: (error) => log.warn({ err: error }, 'DingTalk: no connection; it is tried again'),
  })
  return {
    adapter,
    connected: () => connection.connected,
    start: () => {
      adapter.start()
      connection.start()
    },
    stop: async () => {
      ended.abort()
      await connection.stop()
      await stream.settled()
      await adapter.stop()
    },
  }
}
