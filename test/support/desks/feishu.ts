import { expect } from 'vitest'
import { startTestApp } from '../app.ts'
import {
  APP_ID,
  APP_SECRET,
  ENCRYPT_KEY,
  TOKEN,
  deliver,
  mention,
  messageEvent,
  pressEvent,
  startFeishu,
} from '../platforms/feishu.ts'
import { ALWAYS_OPEN, holds, soon, type Desk } from './desk.ts'

/** Signed and encrypted webhooks; a case has a thread of the group. */
export async function feishuDesk(): Promise<Desk> {
  const feishu = await startFeishu()
  feishu.names.set('ou_li', '李雷')
  const app = await startTestApp({
    ...ALWAYS_OPEN,
    FEISHU_APP_ID: APP_ID,
    FEISHU_APP_SECRET: APP_SECRET,
    FEISHU_ENCRYPT_KEY: ENCRYPT_KEY,
    FEISHU_VERIFICATION_TOKEN: TOKEN,
    FEISHU_API_URL: feishu.apiUrl,
    STAFF: 'feishu:2ca1d211f64f6438:ou_li',
  })
  let count = 0
  let thread = ''
  const give = async (event: unknown) =>
    expect(await deliver(`${app.address}/api/feishu`, event)).toMatchObject({ status: 200 })
  const write = (text: string, more: object) => {
    const message = { chat_id: 'oc_desk', chat_type: 'group', ...more }
    return give(messageEvent(`om_in${++count}`, { text, message }))
  }
  return {
    app,
    name: '李雷',
    watch: () => write('@_user_1 watch', { mentions: [mention('@_user_1')] }),
    presses: async (command) => {
      const card = await soon(
        () => feishu.posted,
        (one) => holds(one, [command]),
      )
      thread = card.id
      const press = pressEvent(`press${++count}`, { command })
      const { event } = press as { event: object }
      const context = { open_message_id: card.id, open_chat_id: 'oc_desk' }
      await give({ ...press, event: { ...event, context } })
    },
    says: (text) => write(text, { root_id: thread }),
    sees: async (...parts) => {
      await soon(
        () => feishu.posted,
        (one) => holds(one, parts),
      )
    },
    all: () => JSON.stringify(feishu.posted),
    end: async () => {
      await app.end()
      await feishu.close()
    },
  }
}
