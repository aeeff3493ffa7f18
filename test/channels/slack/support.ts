import { once } from 'node:events'
import type { Logic } from '../../../src/channels/in-process-adapter.ts'
import { mountSlack, type MountedSlack } from '../../../src/channels/slack/mount.ts'
import type { SlackSettings } from '../../../src/channels/slack/settings.ts'
import { createHttpServer } from '../../../src/server/http.ts'
import type { Store } from '../../../src/store/port.ts'
import { deliver, startSlack, type SlackStandIn } from '../../support/platforms/slack.ts'
import { ownStore } from '../messaging/support.ts'

export const SECRET = '8f742231b10e8888abcd99yyyzzz85a5'

export interface Desk {
  readonly slack: SlackStandIn
  readonly mounted: MountedSlack
  readonly url: string
  readonly logged: string[]
  readonly own: Awaited<ReturnType<typeof ownStore>>
  send(body: unknown, options?: Parameters<typeof deliver>[3]): ReturnType<typeof deliver>
  close(): Promise<void>
}

export const echo: Logic = async (context) => {
  await context.sendActivity(`heard ${context.activity.text}`)
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
  const logged: string[] = []
  const keep = (fields: object, message: string) => {
    const { err } = fields as { err?: unknown }
    logged.push(`${message}: ${err instanceof Error ? err.message : ''} ${JSON.stringify(fields)}`)
  }
  const log = { error: keep, warn: keep }
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
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const url = `http://127.0.0.1:${server.address().port}/api/slack`
  mounted.start()
  return {
    ...{ slack, mounted, url, logged, own },
    send: (body, options) =>
      deliver(url, SECRET, typeof body === 'string' ? body : JSON.stringify(body), options),
    close: async () => {
      await mounted.stop()
      server.server.closeAllConnections()
      await new Promise<void>((resolve) => void server.close(resolve))
      await slack.close()
      await own.remove()
    },
  }
}
