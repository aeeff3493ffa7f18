import { expect } from 'vitest'
import { SEALING } from '../../channels/wecom/support.ts'
import { startTestApp } from '../app.ts'
import {
  appMessage,
  appPress,
  botMessage,
  botPress,
  CREDENTIALS,
  deliver,
  startWecom,
} from '../platforms/wecom.ts'
import { ALWAYS_OPEN, holds, soon, type Desk } from './desk.ts'

const { corpId, appSecret, botId, botSecret } = CREDENTIALS
const GROUP = { chattype: 'group', chatid: 'G1' }

/** The bot over its socket; claimed from the card in a group, gone on with alone with the bot. */
export async function wecomBotDesk(): Promise<Desk> {
  return wecomDesk(
    (url) => ({ WECOM_BOT_ID: botId, WECOM_BOT_SECRET: botSecret, WECOM_BOT_URL: url.bot }),
    ({ wecom, next }) => ({
      connected: async () => {
        await soon(
          () => [...wecom.sockets],
          () => true,
        )
      },
      watch: async () => wecom.push(next(), botMessage(next(), '@desk watch', GROUP)),
      says: async (text) => wecom.push(next(), botMessage(next(), text)),
      presses: async (command) => wecom.push(next(), botPress(next(), command)),
    }),
  )
}

/** The app, by its encrypted callback: each person has a chat of their own with it. */
export async function wecomAppDesk(): Promise<Desk> {
  return wecomDesk(
    (url) => ({
      ...{ WECOM_AGENT_ID: '1000002', WECOM_APP_SECRET: appSecret, WECOM_TOKEN: SEALING.token },
      ...{ WECOM_ENCODING_AES_KEY: SEALING.aesKey, WECOM_API_URL: url.api },
    }),
    ({ address, next }) => {
      const give = async (xml: string) =>
        expect(await deliver(`${address}/api/wecom`, xml, SEALING)).toMatchObject({ status: 200 })
      return {
        connected: async () => undefined,
        watch: () => give(appMessage(next(), 'watch')),
        says: (text) => give(appMessage(next(), text)),
        presses: (command) => give(appPress(command, { TaskId: next(), CreateTime: `17000001${next()}` })),
      }
    },
  )
}

type Way = Pick<Desk, 'watch' | 'says' | 'presses'> & { readonly connected: () => Promise<void> }

async function wecomDesk(
  settings: (url: { readonly api: string; readonly bot: string }) => NodeJS.ProcessEnv,
  wayOf: (platform: {
    readonly wecom: Awaited<ReturnType<typeof startWecom>>
    readonly address: string
    readonly next: () => string
  }) => Way,
): Promise<Desk> {
  const wecom = await startWecom()
  const app = await startTestApp({
    ...ALWAYS_OPEN,
    WECOM_CORP_ID: corpId,
    ...settings({ api: wecom.apiUrl, bot: wecom.botUrl }),
    STAFF: `wecom:${corpId}:LiHua`,
  })
  let count = 10
  const way = wayOf({ wecom, address: app.address, next: () => String((count += 1)) })
  await way.connected()
  const sees = async (...parts: readonly string[]) => {
    await soon(
      () => wecom.shown,
      (one) => holds(one, parts),
    )
  }
  return {
    app,
    // WeCom gives no names: applicants see a word for whoever is there.
    name: '值班人员',
    watch: () => way.watch(),
    says: (text) => way.says(text),
    presses: async (command) => {
      await sees(`"key":"${command}"`)
      await way.presses(command)
    },
    sees,
    all: () => JSON.stringify(wecom.shown),
    end: async () => {
      await app.end()
      await wecom.close()
    },
  }
}
