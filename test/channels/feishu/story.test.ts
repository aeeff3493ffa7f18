import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { directLineTalker } from '../../support/direct-line-talker.ts'
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
  type FeishuStandIn,
  type Posted,
} from '../../support/platforms/feishu.ts'

let feishu: FeishuStandIn
let app: TestApp
beforeEach(async () => {
  feishu = await startFeishu()
  feishu.names.set('ou_li', '李雷')
  app = await startTestApp({
    FEISHU_APP_ID: APP_ID,
    FEISHU_APP_SECRET: APP_SECRET,
    FEISHU_ENCRYPT_KEY: ENCRYPT_KEY,
    FEISHU_VERIFICATION_TOKEN: TOKEN,
    FEISHU_API_URL: feishu.apiUrl,
    STAFF: 'feishu:2ca1d211f64f6438:ou_li',
    DESK_HOURS: 'mon-sun 00:00-24:00',
  })
})
afterEach(async () => {
  await app.end()
  await feishu.close()
})

const LONG = { timeout: 15_000, interval: 50 }
const give = (event: unknown) => deliver(`${app.address}/api/feishu`, event)
const sees = (...parts: readonly string[]): Promise<Posted> =>
  vi.waitFor(() => {
    const found = feishu.posted.find((one) => parts.every((part) => JSON.stringify(one).includes(part)))
    if (!found) throw new Error(`not posted: ${parts.join(' + ')}; but ${JSON.stringify(feishu.posted)}`)
    return found
  }, LONG)
const group = (more: object = {}) => ({ chat_id: 'oc_desk', chat_type: 'group', ...more })

test('the product with its desk in Feishu: asked for, claimed, talked both ways, given back', async () => {
  await give(
    messageEvent('om_watch', {
      text: '@_user_1 watch',
      message: group({ mentions: [mention('@_user_1')] }),
    }),
  )
  await sees('"root":"om_watch"')
  const talker = await directLineTalker(app.address, 'zh-CN')
  await talker.hello()
  const replies = await talker.text('转人工')
  const question = replies.at(-1)?.input?.question ?? 'none'

  const card = await sees('"chat":"oc_desk"', 'claim ')
  const id = /claim ([2-9A-HJKMNP-TV-Z]{5})/.exec(JSON.stringify(card))?.[1] ?? ''
  const press = pressEvent('p1', { command: `claim ${id}` })
  const { event } = press as { event: { context: object } }
  event.context = { open_message_id: card.id, open_chat_id: 'oc_desk' }
  await give(press)
  await sees('release', id, `"root":"${card.id}"`)
  const heard: string[] = []
  const hears = (part: string) =>
    vi.waitFor(async () => {
      const messages = await talker.hello()
      heard.push(JSON.stringify(messages), ...talker.texts())
      expect(heard.join('\n')).toContain(part)
    }, LONG)
  await hears('李雷')
  expect(heard.join('\n')).not.toContain('ou_li')

  await talker.text('我的域名在别家备案过')
  await sees('我的域名在别家备案过', `"root":"${card.id}"`)
  await give(messageEvent('om_a', { text: '没问题，可以接着办', message: group({ root_id: card.id }) }))
  await hears('没问题，可以接着办')
  await give(messageEvent('om_b', { text: 'release', message: group({ root_id: card.id }) }))
  await hears(question)
  expect(app.logged.join('\n')).not.toMatch(new RegExp(`${APP_SECRET}|${ENCRYPT_KEY}|${TOKEN}|域名在别家`))
}, 60_000)
