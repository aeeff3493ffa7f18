import { afterEach, expect, test, vi } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { directLineTalker } from '../../support/direct-line-talker.ts'
import {
  appMessage,
  botMessage,
  botPress,
  CREDENTIALS,
  deliver,
  startWecom,
  type WecomStandIn,
} from '../../support/platforms/wecom.ts'
import { said, SEALING } from './support.ts'

const LONG = { timeout: 20_000, interval: 50 }
const GROUP = { chattype: 'group', chatid: 'G1' }
let app: TestApp
let wecom: WecomStandIn
afterEach(async () => {
  await app.end()
  await wecom.close()
})
const texts = () => wecom.shown.map(({ body }) => said(body))
const sees = (pattern: RegExp) =>
  vi.waitFor(() => {
    const found = texts().find((text) => pattern.test(text))
    if (found === undefined) throw new Error(`not said: ${String(pattern)}; but ${JSON.stringify(texts())}`)
    return found
  }, LONG)

async function start(): Promise<void> {
  wecom = await startWecom()
  const { corpId, botId, botSecret, appSecret } = CREDENTIALS
  app = await startTestApp({
    ...{
      WECOM_CORP_ID: corpId,
      WECOM_BOT_ID: botId,
      WECOM_BOT_SECRET: botSecret,
      WECOM_BOT_URL: wecom.botUrl,
    },
    ...{ WECOM_AGENT_ID: '1000002', WECOM_APP_SECRET: appSecret, WECOM_TOKEN: SEALING.token },
    ...{ WECOM_ENCODING_AES_KEY: SEALING.aesKey, WECOM_API_URL: wecom.apiUrl },
    STAFF: `wecom:${corpId}:LiHua`,
    DESK_HOURS: 'mon-sun 00:00-24:00',
    DESK_LANGUAGE: 'en',
  })
  await vi.waitFor(() => expect(wecom.sockets.size).toBe(1), LONG)
}

test('switched on by configuration alone: an applicant asks for a person, staff in a group claim, talk, release', async () => {
  await start()
  wecom.push('r1', botMessage('m1', '@desk watch', GROUP))
  await sees(/posted here from now on/)
  const applicant = await directLineTalker(app.address, 'en')
  await applicant.hello()
  await applicant.text('I want to talk to a human')
  const button = await sees(/Claim=claim \w+/)
  const claim = /=(claim \w+)/.exec(button)?.[1] ?? ''
  wecom.push('r2', botPress('m2', claim, GROUP))
  await sees(/is with LiHua/)
  await applicant.text('my *certificate* <@all> is old')
  await sees(/my ＊certificate＊ ＜@all> is old/)
  const id = claim.replace('claim ', '')
  const heard: string[] = []
  wecom.push('r3', botMessage('m3', `@desk reply ${id} Send the new one`, GROUP))
  await vi.waitFor(async () => {
    await applicant.hello()
    heard.push(...applicant.texts())
    expect(heard.join('\n')).toContain('Send the new one')
  }, LONG)
  wecom.push('r4', botMessage('m4', `@desk release ${id}`, GROUP))
  await sees(/is back with the assistant/)
}, 60_000)

test('over the app too; who is not staff hears one line alone, and nothing in a group', async () => {
  await start()
  const url = `${app.address}/api/wecom`
  expect((await deliver(url, appMessage('1', 'queue'), SEALING)).status).toBe(200)
  await sees(/Nobody is waiting/)
  await deliver(url, appMessage('2', 'queue', { FromUserName: 'Stranger' }), SEALING)
  await sees(/serves our support staff only/)
  wecom.push('r1', botMessage('m1', '@desk queue', { ...GROUP, from: { userid: 'Stranger' } }))
  wecom.push('r2', botMessage('m2', '@desk queue', GROUP))
  await vi.waitFor(() => expect(wecom.shown.filter(({ by }) => by === 'bot')).toHaveLength(1), LONG)
  expect(wecom.shown.find(({ by }) => by === 'bot')?.below).toBe('r2')
  expect(app.logged.join('\n')).not.toMatch(/secret-of-the-test|token-\d/)
}, 60_000)
