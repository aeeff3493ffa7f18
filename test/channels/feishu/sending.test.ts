import { afterEach, describe, expect, test, vi } from 'vitest'
import { feishuApi } from '../../../src/channels/feishu/api.ts'
import { APP_ID, APP_SECRET, mention, messageEvent, startFeishu } from '../../support/platforms/feishu.ts'
import { startDesk, type Desk } from './support.ts'

let desk: Desk | undefined
afterEach(async () => {
  await desk?.close()
  desk = undefined
})
const LONG = { timeout: 12_000 }
const TOKEN_PATH = '/open-apis/auth/v3/tenant_access_token/internal'

async function say(one: Desk, ...words: string[]): Promise<void> {
  for (const [at, text] of words.entries()) await one.send(messageEvent(`om_in${at}`, { text }))
}

describe('what Feishu does to a message', () => {
  test.each([
    ['no answer although it was taken', { kind: 'taken-unanswered' }],
    ['a broken connection', { kind: 'cut' }],
    ['a broken server', { kind: 'status', status: 502 }],
    ['too many calls', { kind: 'rate-limited', status: 429, seconds: 1 }],
    ['too many calls, as older calls say it', { kind: 'rate-limited', status: 400, seconds: 1 }],
    ['too many messages to the chat', { kind: 'error', code: 230020 }],
    ['an internal error', { kind: 'error', code: 2200 }],
    ['a token that is not good any more', { kind: 'token-gone' }],
  ] as const)(
    '%s: in order, none lost, none twice',
    async (_name, trouble) => {
      desk = await startDesk({ prepare: ({ troubles }) => void troubles.push(trouble) })
      await say(desk, 'one', 'two')
      await vi.waitFor(() => expect(desk?.texts()).toEqual(['heard one', 'heard two']), LONG)
      expect(desk.logged.join('\n')).not.toMatch(/heard|what was sent|secret-of|t-\d/)
    },
    15_000,
  )

  test.each([230002, 230025, 230028])(
    'code %i: given up and told, and the next goes out',
    async (code) => {
      desk = await startDesk({ prepare: ({ troubles }) => void troubles.push({ kind: 'error', code }) })
      await say(desk, 'one', 'two')
      await vi.waitFor(() => expect(desk?.texts()).toEqual(['heard two']), LONG)
      expect(desk.logged.join('\n')).toMatch(new RegExp(`given up.*${code}`))
      expect(desk.logged.join('\n')).not.toMatch(/heard|what was sent|secret-of/)
    },
    15_000,
  )

  test.each([230027, 99991672])(
    'code %i, a permission that is missing: what waits is kept',
    async (code) => {
      desk = await startDesk({ prepare: ({ troubles }) => void troubles.push({ kind: 'error', code }) })
      await say(desk, 'one')
      await vi.waitFor(() => expect(desk?.logged.join('\n')).toContain(`code ${code}`), LONG)
      expect(desk.logged.join('\n')).not.toContain('given up')
    },
    15_000,
  )

  test('a wrong app secret: what waits is kept, and the secret is not told', async () => {
    desk = await startDesk({ settings: { appSecret: 'wrong-secret-0000' } })
    await say(desk, 'one')
    await vi.waitFor(() => expect(desk?.logged.join('\n')).toContain('code 10014'), LONG)
    expect(desk.logged.join('\n')).not.toMatch(/given up|wrong-secret/)
  }, 15_000)

  test('a thread whose first message was taken back: said in the group', async () => {
    desk = await startDesk({
      prepare: ({ troubles }) => void troubles.push({ kind: 'error', code: 230011 }),
    })
    const message = { chat_id: 'oc_desk', chat_type: 'group', mentions: [mention('@_user_1')] }
    await desk.send(messageEvent('om_root', { text: '@_user_1 hi', message }))
    await vi.waitFor(() => expect(desk?.texts()).toEqual(['heard hi']), LONG)
    expect(desk.feishu.posted[0]).toMatchObject({ chat: 'oc_desk' })
  }, 15_000)

  test('one token serves many messages', async () => {
    desk = await startDesk()
    await say(desk, 'one', 'two', 'three')
    await vi.waitFor(() => expect(desk?.texts()).toHaveLength(3), LONG)
    expect(desk.feishu.calls.filter((path) => path === TOKEN_PATH)).toHaveLength(1)
  }, 15_000)
})

test('a token is renewed before its end, once for calls made together', async () => {
  const feishu = await startFeishu()
  try {
    let now = new Date('2026-11-24T00:00:00Z')
    const api = feishuApi({
      appId: APP_ID,
      appSecret: APP_SECRET,
      apiUrl: feishu.apiUrl,
      clock: () => now,
    })
    const ask = () => api.call('GET', '/open-apis/bot/v3/info')
    const tokens = () => feishu.calls.filter((path) => path === TOKEN_PATH).length
    await Promise.all([ask(), ask(), ask()])
    expect(tokens()).toBe(1)
    now = new Date('2026-11-24T01:54:59Z')
    await ask()
    expect(tokens()).toBe(1)
    now = new Date('2026-11-24T01:55:01Z')
    await Promise.all([ask(), ask(), ask()])
    expect(tokens()).toBe(2)
  } finally {
    await feishu.close()
  }
})

test('a platform that does not answer is given up on, for now', async () => {
  const api = feishuApi({
    appId: APP_ID,
    appSecret: APP_SECRET,
    apiUrl: 'http://127.0.0.1:1',
    clock: () => new Date(),
  })
  await expect(api.call('GET', '/open-apis/bot/v3/info')).rejects.toMatchObject({
    code: 'upstream-rejected',
    afterMs: 1_000,
  })
})
