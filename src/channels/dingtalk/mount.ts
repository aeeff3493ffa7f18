import { KeepConnected } from '../messaging/keep-connected.ts'
import { dingtalkApi } from './api.ts'
import { readMessage } from './events.ts'
import { Keep } from './keep.ts'
import { dingtalkPlatform } from './platform.ts'
import type { DingtalkSettings } from './settings.ts'
import { Stream } from './stream.ts'
import {
  mountedChannel,
  platformAdapter,
  type MountedStaffChannel,
  type StaffChannelOptions,
} from '../messaging/staff-channel.ts'

export interface DingtalkOptions extends Omit<StaffChannelOptions, 'server'> {
  readonly settings: DingtalkSettings
}

/** Serves DingTalk in Stream mode: the assistant connects to DingTalk, so nothing listens here. */
export function mountDingtalk({ store, logic, clock, log, settings }: DingtalkOptions): MountedStaffChannel {
  const api = dingtalkApi({ ...settings, clock })
  const adapter = platformAdapter('DingTalk', dingtalkPlatform({ ...settings, api, clock }), {
    store,
    logic,
    clock,
    log,
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
  return mountedChannel(adapter, {
    get connected() {
      return connection.connected
    },
    start: () => connection.start(),
    stop: async () => {
      ended.abort()
      await connection.stop()
      await stream.settled()
    },
  })
}
