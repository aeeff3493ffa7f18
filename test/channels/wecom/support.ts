import type { Logic } from '../../../src/channels/in-process-adapter.ts'
import type { BotConnectionOptions } from '../../../src/channels/wecom/bot-connection.ts'
import { mountWecom } from '../../../src/channels/wecom/mount.ts'
import type { AppSettings, BotSettings } from '../../../src/channels/wecom/settings.ts'
import type { DeskCard } from '../../../src/rendering/desk-card.ts'
import { createHttpServer } from '../../../src/server/http.ts'
import type { Store } from '../../../src/store/port.ts'
import { CREDENTIALS, deliver, startWecom, type WecomStandIn } from '../../support/platforms/wecom.ts'
import type { MountedStaffChannel } from '../../../src/channels/messaging/staff-channel.ts'
import { echo, keptLog, listening, ownStore } from '../messaging/support.ts'

/** Of the published example. */
export const SEALING = {
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiver: CREDENTIALS.corpId,
}

export interface Desk {
  readonly wecom: WecomStandIn
  readonly mounted: MountedStaffChannel
  readonly url: string
  readonly logged: string[]
  /** Delivers to the app; the message is given opened. */
  send(xml: string, options?: Parameters<typeof deliver>[3]): ReturnType<typeof deliver>
  /** What was said, in order: the text, or the title and buttons of a card. */
  texts(): string[]
  close(): Promise<void>
}

/** As the bot of the desk: a question gets a card whose button is a command. */
export const staffLike: Logic = async (context) => {
  const { text, from } = context.activity
  const card: DeskCard = {
    language: 'en',
    blocks: [
      { kind: 'heading', text: `Rule for ${text}` },
      { kind: 'text', text: `Asked by ${from.id}` },
    ],
    buttons: [{ label: 'Report outdated', command: `outdated ${text}` }],
  }
  if (text.startsWith('outdated')) await context.sendActivity(`reported: ${text}`)
  else await context.sendActivities([{ type: 'message', text: 'in words', channelData: { card } }])
}

interface Way {
  readonly logic?: Logic
  readonly app?: Partial<AppSettings> | false
  readonly bot?: Partial<BotSettings> | false
  readonly wrap?: (store: Store) => Store
  readonly waits?: BotConnectionOptions['waits']
}

/** The channel on a server of its own, before a stand-in for WeCom. */
export async function startDesk(way: Way = {}): Promise<Desk> {
  const { logic = echo, app = false, bot = false, wrap = (store) => store } = way
  const wecom = await startWecom()
  const own = await ownStore()
  const { logged, log } = keptLog()
  const server = createHttpServer({ log })
  const { corpId, appSecret, botId, botSecret } = CREDENTIALS
  const mounted = mountWecom({
    server,
    store: wrap(own.store),
    logic,
    clock: () => new Date(),
    log,
    settings: {
      corpId,
      bot: bot === false ? undefined : { id: botId, secret: botSecret, url: wecom.botUrl, ...bot },
      app:
        app === false
          ? undefined
          : {
              ...{ agentId: 1000002, secret: appSecret, apiUrl: wecom.apiUrl },
              ...{ token: SEALING.token, aesKey: SEALING.aesKey, ...app },
            },
    },
    waits: { toReconnect: 20, afterTakeover: 50, forConnection: 5_000, ...way.waits },
  })
  const { address, end } = await listening(server)
  const url = `${address}/api/wecom`
  mounted.start()
  return {
    ...{ wecom, mounted, url, logged },
    send: (xml, options) => deliver(url, xml, SEALING, options),
    texts: () => wecom.shown.map(({ body }) => said(body)),
    close: async () => {
      await mounted.stop()
      await end()
      await wecom.close()
      await own.remove()
    },
  }
}

interface Body {
  readonly markdown?: { readonly content: string }
  readonly template_card?: {
    readonly main_title: { readonly title: string }
    readonly button_list: readonly { readonly text: string; readonly key: string }[]
  }
}

export function said(body: Body): string {
  const { markdown, template_card: card } = body
  const buttons = card?.button_list.map(({ text, key }) => `${text}=${key}`)
  return markdown?.content ?? `[${card?.main_title.title ?? ''}] ${buttons?.join(' | ') ?? ''}`
}
