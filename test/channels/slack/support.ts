import type { Logic } from '../../../src/channels/in-process-adapter.ts'
import { mountSlack } from '../../../src/channels/slack/mount.ts'
import type { SlackSettings } from '../../../src/channels/slack/settings.ts'
import { createHttpServer } from '../../../src/server/http.ts'
import type { Store } from '../../../src/store/port.ts'
import { deliver, startSlack, type SlackStandIn } from '../../support/platforms/slack.ts'
import type { MountedStaffChannel } from '../../../src/channels/messaging/staff-channel.ts'
import { echo, keptLog, listening, ownStore } from '../messaging/support.ts'

export const SECRET = '8f742231b10e8888abcd99yyyzzz85a5'

export interface Desk {
  readonly slack: SlackStandIn
  readonly mounted: MountedStaffChannel
  readonly url: string
  readonly logged: string[]
  readonly own: Awaited<ReturnType<typeof ownStore>>
  send(body: unknown, options?: Parameters<typeof deliver>[3]): ReturnType<typeof deliver>
  close(): Promise<void>
}

/** The channel on a server of its own, before a stand-in for Slack. */
export async function startDesk({
  logic = echo,
  settings = {},
  wrap = (store) => store,
}: {
  logic?: Logic
  settings?: Partial<SlackSettings>
  wrap?: (store: Store) => Store
} = {}): Promise<Desk> {
  const slack = await startSlack()
  const own = await ownStore()
  const { logged, log } = keptLog()
  const server = createHttpServer({ log })
  const mounted = mountSlack({
    server,
    store: wrap(own.store),
    logic,
    clock: () => new Date(),
    log,
    settings: {
      botToken: 'xoxb-test-token',
      signingSecret: SECRET,
      appToken: undefined,
      apiUrl: slack.apiUrl,
      ...settings,
    },
  })
  const { address, end } = await listening(server)
  const url = `${address}/api/slack`
  mounted.start()
  return {
    ...{ slack, mounted, url, logged, own },
    send: (body, options) =>
      deliver(url, SECRET, typeof body === 'string' ? body : JSON.stringify(body), options),
    close: async () => {
      await mounted.stop()
      await end()
      await slack.close()
      await own.remove()
    },
  }
}
