import { vi, expect } from 'vitest'
import type { Logic } from '../../../src/channels/in-process-adapter.ts'
import { mountDingtalk } from '../../../src/channels/dingtalk/mount.ts'
import type { DingtalkSettings } from '../../../src/channels/dingtalk/settings.ts'
import type { Store } from '../../../src/store/port.ts'
import { CREDENTIALS, startDingtalk, type DingtalkStandIn } from '../../support/platforms/dingtalk.ts'
import type { MountedStaffChannel } from '../../../src/channels/messaging/staff-channel.ts'
import { echo, keptLog, ownStore } from '../messaging/support.ts'

export interface Desk {
  readonly dingtalk: DingtalkStandIn
  readonly mounted: MountedStaffChannel
  readonly logged: string[]
  /** Set forward, it is later. */
  readonly time: { ahead: number }
  close(): Promise<void>
}

export const LONG = { timeout: 12_000 }
/** Everything the channel may hold and must not tell. */
export const SECRETS = /client-secret|token-\d|session-\d|ticket-\d|heard/

/** The channel, connected to a stand-in for DingTalk. */
export async function startDesk({
  logic = echo,
  settings = {},
  wrap = (store) => store,
}: {
  logic?: Logic
  settings?: Partial<DingtalkSettings>
  wrap?: (store: Store) => Store
} = {}): Promise<Desk> {
  const dingtalk = await startDingtalk()
  const own = await ownStore()
  const time = { ahead: 0 }
  const { logged, log } = keptLog({ stack: true })
  const mounted = mountDingtalk({
    store: wrap(own.store),
    logic,
    clock: () => new Date(Date.now() + time.ahead),
    log,
    settings: { ...CREDENTIALS, robotCode: CREDENTIALS.clientId, apiUrl: dingtalk.apiUrl, ...settings },
  })
  mounted.start()
  return {
    ...{ dingtalk, mounted, logged, time },
    close: async () => {
      await mounted.stop()
      await dingtalk.close()
      await own.remove()
    },
  }
}

export async function connected({ dingtalk }: Desk, times = 1): Promise<void> {
  await vi.waitFor(() => expect(dingtalk.sockets.size).toBe(times), LONG)
}

/** The texts that arrived, once there are so many. */
export async function said({ dingtalk }: Desk, texts: readonly string[]): Promise<void> {
  await vi.waitFor(() => expect(dingtalk.posted.map(({ text }) => text)).toEqual(texts), LONG)
}
