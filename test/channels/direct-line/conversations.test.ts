import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { remove } from '../../../src/channels/direct-line/conversations.ts'
import { SECRET, startServer, texts, type Answer, type TestServer } from './support.ts'

let now: Date
let returned: string[]
let server: TestServer

beforeEach(async () => {
  now = new Date()
  returned = []
  server = await startServer({
    clock: () => now,
    onReconnect: async (reference, adapter) => {
      returned.push(reference.conversation?.id ?? '')
      await adapter.continueConversation(reference, async (context) => {
        await context.sendActivity('welcome back')
      })
    },
  })
})
afterEach(() => server.close())

function expectError(answer: Answer, status: number, code: string) {
  expect([answer.status, answer.body.error?.code]).toEqual([status, code])
}

describe('starting', () => {
  it('tells the bot who is there and in which language, once', async () => {
    const { token, conversationId } = await server.generate()
    const first = await server.call('POST', 'conversations', { token, body: { user: {}, locale: 'zh_cn' } })
    expect(first.status).toBe(201)
    expect(first.body).toMatchObject({ conversationId, expires_in: 1800 })
    expect(first.body['streamUrl']).toMatch(
      new RegExp(`^ws://${server.host}/v3/directline/conversations/${conversationId}/stream\\?t=`),
    )
    const again = await server.call('POST', 'conversations', { token })
    expect(again.status).toBe(200)
    expect(Object.keys(again.body).sort()).toEqual(Object.keys(first.body).sort())
    expect(server.turns).toHaveLength(1)
    expect(server.turns[0]).toMatchObject({
      type: 'conversationUpdate',
      channelId: 'directline',
      serviceUrl: 'urn:icp-filing-assistant:directline',
      locale: 'zh-CN',
      conversation: { id: conversationId },
      membersAdded: [{ role: 'bot' }, { role: 'user', id: expect.stringMatching(/^dl_/) as string }],
    })
  })

  it('is told apart by the store when two tabs start at once', async () => {
    const { token } = await server.generate()
    const answers = await Promise.all([1, 2, 3].map(() => server.call('POST', 'conversations', { token })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201])
    expect(server.turns).toHaveLength(1)
  })

  it('takes the language of the browser where the page names none, or none at all', async () => {
    for (const [language, locale] of [
      ['en-GB,en;q=0.8,zh;q=0.5', 'en-GB'],
      ['*', undefined],
      ['!!', undefined],
    ] as const) {
      await server.start({ headers: { 'accept-language': language }, body: { locale: 'no language' } })
      expect(server.turns.at(-1)?.locale).toBe(locale)
    }
  })

  it('works for a bot that fails, and tells it again at the next start', async () => {
    let broken = true
    const turns: string[] = []
    const other = await startServer({
      clock: () => now,
      logic: async ({ activity }) => {
        turns.push(String(activity.id))
        if (broken) throw new Error('secret')
      },
    })
    const { token } = await other.generate()
    expect((await other.call('POST', 'conversations', { token })).status).toBe(201)
    expect(other.logged).toHaveLength(1)
    broken = false
    await other.call('POST', 'conversations', { token })
    now = new Date(now.getTime() + 16_000)
    await other.call('POST', 'conversations', { token })
    now = new Date(now.getTime() + 16_000)
    await other.call('POST', 'conversations', { token })
    expect(turns).toHaveLength(2)
    expect(new Set(turns).size).toBe(1)
    await other.close()
  })

  it('starts a new conversation for each call with the secret, of the user it names', async () => {
    const body = { user: { id: 'u-1' } }
    const first = await server.call('POST', 'conversations', { token: SECRET, body })
    const second = await server.call('POST', 'conversations', { token: SECRET, body })
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body['conversationId']).not.toBe(first.body['conversationId'])
    expect(server.turns[0]?.from?.id).toBe('u-1')
    const path = `conversations/${String(first.body['conversationId'])}/activities`
    const sent = { token: SECRET, body: { type: 'message', text: 'hi', from: { id: 'u-2' } } }
    expect((await server.call('POST', path, sent)).status).toBe(200)
    expect(server.turns.at(-1)?.from?.id).toBe('u-1')
  })

  it('takes a token', async () => {
    expectError(await server.call('POST', 'conversations'), 401, 'MissingToken')
    expect((await server.call('POST', 'conversations')).headers.get('www-authenticate')).toBe('Bearer')
  })

  it('believes a proxy only where told to', async () => {
    const headers = { 'x-forwarded-host': 'chat.example, inner', 'x-forwarded-proto': 'https' }
    expect((await server.start({ headers })).streamUrl).toMatch(`ws://${server.host}/`)
    const behind = await startServer({ trustProxy: true })
    expect((await behind.start({ headers })).streamUrl).toMatch(/^wss:\/\/chat\.example\/v3/)
    const own = { ...headers, origin: 'https://chat.example' }
    expect((await behind.call('POST', 'tokens/generate', { headers: own })).status).toBe(200)
    const odd = { headers: { 'x-forwarded-host': 'evil.example/path?' } }
    expectError(await behind.call('POST', 'conversations', { token: SECRET, ...odd }), 400, 'BadArgument')
    await behind.close()
  })
})

describe('coming back', () => {
  it('gives a fresh token and a stream from the watermark on, and tells the bot', async () => {
    const session = await server.start()
    const answer = await server.call('GET', `conversations/${session.conversationId}?watermark=1`, session)
    expect(answer.status).toBe(200)
    expect(answer.body['streamUrl']).toContain('/stream?watermark=1&t=')
    expect(returned).toEqual([session.conversationId])
    await server.call('POST', 'conversations', session)
    expect(returned).toHaveLength(2)
    expect(texts(await server.activities(session))).toEqual(['hello ', 'welcome back', 'welcome back'])
  })

  it('does not depend on what the bot does with it', async () => {
    const other = await startServer({ onReconnect: () => Promise.reject(new Error('secret')) })
    const session = await other.start()
    expect((await other.call('GET', `conversations/${session.conversationId}`, session)).status).toBe(200)
    expect(other.logged).toHaveLength(1)
    await other.close()
  })

  it('needs a conversation that was started, and a token of its own', async () => {
    const mine = await server.start()
    const other = await server.generate()
    expectError(
      await server.call('GET', `conversations/${other.conversationId}`, other),
      404,
      'ConversationNotFound',
    )
    expectError(await server.call('GET', `conversations/${mine.conversationId}`, other), 403, 'ForeignToken')
    expectError(await server.call('GET', `conversations/${mine.conversationId}`), 401, 'MissingToken')
    expectError(
      await server.call('GET', 'conversations/..%2f', { token: SECRET }),
      404,
      'ConversationNotFound',
    )
  })
})

describe('watermarks', () => {
  it.each(['abc', '-1', '1.5', '1e3', ' 1', '0x1', '9'.repeat(16), '1&watermark=1'])(
    'refuses %s',
    async (watermark) => {
      const session = await server.start()
      for (const path of ['', '/activities']) {
        const answer = await server.call(
          'GET',
          `conversations/${session.conversationId}${path}?watermark=${watermark}`,
          session,
        )
        expectError(answer, 400, 'BadWatermark')
      }
    },
  )

  it('tells the newest to who asks beyond it', async () => {
    const session = await server.start()
    const answer = await server.call(
      'GET',
      `conversations/${session.conversationId}/activities?watermark=2`,
      session,
    )
    expectError(answer, 400, 'BadWatermark')
    expect(answer.body.error?.message).toContain('newest watermark is 1')
  })
})

describe('deleting', () => {
  it('leaves nothing, for anybody', async () => {
    const session = await server.start()
    await server.say(session, 'personal')
    await remove(server.store, session.conversationId)
    const { token, resumeToken, conversationId } = session
    expectError(
      await server.call('GET', `conversations/${conversationId}/activities`, { token }),
      404,
      'ConversationNotFound',
    )
    expectError(await server.say(session, 'more'), 404, 'ConversationNotFound')
    expectError(
      await server.call('POST', 'tokens/generate', { token: resumeToken }),
      404,
      'ConversationNotFound',
    )
    await remove(server.store, conversationId)
  })

  it('also holds against a turn that is still running', async () => {
    let finish = () => {}
    const other = await startServer({
      logic: async (context) => {
        if (context.activity.type !== 'message') return
        await new Promise<void>((resolve) => (finish = resolve))
        await context.sendActivity('late')
      },
    })
    const session = await other.start()
    const turn = other.say(session, 'wait')
    await expect.poll(async () => (await other.activities(session)).activities.length).toBe(1)
    await remove(other.store, session.conversationId)
    finish()
    await turn
    expect(await other.store.logs.last(`dl:log:${session.conversationId}`)).toBe(0)
    await other.close()
  })
})
