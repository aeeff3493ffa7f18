import { mountFeishu } from '../../../src/channels/feishu/mount.ts'
import type { FeishuSettings } from '../../../src/channels/feishu/settings.ts'
import type { Logic } from '../../../src/channels/in-process-adapter.ts'
import { createHttpServer } from '../../../src/server/http.ts'
import type { Store } from '../../../src/store/port.ts'
import {
  APP_ID,
  APP_SECRET,
  ENCRYPT_KEY,
  TOKEN,
  deliver,
  startFeishu,
  type DeliverOptions,
  type FeishuStandIn,
} from '../../support/platforms/feishu.ts'
import type { MountedStaffChannel } from '../../../src/channels/messaging/staff-channel.ts'
import { echo, keptLog, listening, ownStore } from '../messaging/support.ts'

export interface Desk {
  readonly feishu: FeishuStandIn
  readonly mounted: MountedStaffChannel
  readonly url: string
  readonly logged: string[]
  readonly send: (body: unknown, options?: DeliverOptions) => ReturnType<typeof deliver>
  /** What was said, message by message. */
  readonly texts: () => readonly string[]
  close(): Promise<void>
}

/** The channel on a server of its own, before a stand-in for Feishu. */
export async function startDesk({
  logic = echo,
  settings = {},
  wrap = (store) => store,
  prepare = () => undefined,
}: {
  logic?: Logic
  settings?: Partial<FeishuSettings>
  wrap?: (store: Store) => Store
  prepare?: (feishu: FeishuStandIn) => void
} = {}): Promise<Desk> {
  const feishu = await startFeishu()
  prepare(feishu)
  const own = await ownStore()
  const { logged, log } = keptLog()
  const server = createHttpServer({ log })
  const mounted = mountFeishu({
    server,
    store: wrap(own.store),
    logic,
    clock: () => new Date(),
    log,
    settings: {
      appId: APP_ID,
      appSecret: APP_SECRET,
      webhook: { encryptKey: ENCRYPT_KEY, verificationToken: TOKEN },
      longConnection: false,
      apiUrl: feishu.apiUrl,
      ...settings,
    },
  })
  const { address, end } = await listening(server)
  const url = `${address}/api/feishu`
  mounted.start()
  return {
    ...{ feishu, mounted, url, logged },
    send: (body, options) => deliver(url, body, options),
    texts: () => feishu.posted.map(({ content }) => shown(content)),
    close: async () => {
      await mounted.stop()
      await end()
      await feishu.close()
      await own.remove()
    },
  }
}

/** Every text in a message's content, in order, a line for each paragraph. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(value.every(Array.isArray) ? '\n' : '')
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([key, one]) =>
      typeof one === 'string' ? (key === 'text' || key === 'content' ? one : '') : shown(one),
    )
    .join('')
}
