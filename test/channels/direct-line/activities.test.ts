import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startServer, texts, type Answer, type Session, type TestServer } from './support.ts'

let server: TestServer
let session: Session

beforeEach(async () => {
  server = await startServer()
  session = await server.start({ body: { locale: 'en' } })
})
afterEach(() => server.close())

function post(body: unknown) {
  return server.call('POST', `conversations/${session.conversationId}/activities`, {
    token: session.token,
    body,
  })
}

function expectError(answer: Answer, status: number, code: string) {
  expect([answer.status, answer.body.error?.code]).toEqual([status, code])
  expect(answer.body.error?.message).toMatch(/\w.*\. \w.*/s)
}

describe('reading and sending', () => {
  it('echoes what the user said before what the bot answers', async () => {
    const { status, body } = await server.say(session, 'one')
    expect(status).toBe(200)
    const { activities, watermark } = await server.activities(session)
    expect(watermark).toBe('3')
    expect(activities).toMatchObject([
      { text: 'hello en', from: { role: 'bot' } },
      { text: 'one', from: { role: 'user' }, id: body['id'], locale: 'en', channelId: 'directline' },
      {
        text: 'echo one',
        from: { role: 'bot' },
        replyToId: body['id'],
        conversation: { id: session.conversationId },
      },
    ])
    expect(activities.every(({ timestamp, serviceUrl }) => timestamp && serviceUrl === undefined)).toBe(true)
    expect(texts(await server.activities(session, '2'))).toEqual(['echo one'])
    expect(await server.activities(session, '3')).toEqual({ activities: [], watermark: '3' })
  })

  it('takes who speaks from the token, never from the body', async () => {
    await server.say(session, 'hi', {
      from: { id: 'somebody else', role: 'bot' },
      id: 'chosen',
      conversation: { id: 'another' },
      recipient: { id: 'x' },
      channelId: 'msteams',
      serviceUrl: 'http://169.254.169.254/',
      timestamp: '1999-01-01T00:00:00Z',
      deliveryMode: 'expectReplies',
    })
    const [start, turn] = server.turns
    expect(turn?.from).toEqual(start?.from)
    expect(turn).toMatchObject({
      conversation: { id: session.conversationId },
      channelId: 'directline',
      serviceUrl: 'urn:icp-filing-assistant:directline',
      recipient: { role: 'bot' },
    })
    expect(turn?.id).not.toBe('chosen')
    expect(turn?.timestamp?.getFullYear()).toBeGreaterThan(2000)
    expect(texts(await server.activities(session))).toEqual(['hello en', 'hi', 'echo hi'])
  })

  it('hands values, events and the end of the conversation on', async () => {
    const value = { kind: 'answer', answer: ['a', null, 1], __proto: 1 }
    expect((await post({ type: 'message', value })).status).toBe(200)
    expect((await post({ type: 'event', name: 'page', value: 'home' })).status).toBe(200)
    expect((await post({ type: 'endOfConversation', code: 'completedSuccessfully' })).status).toBe(200)
    expect(server.turns.slice(1)).toMatchObject([
      { value },
      { name: 'page', value: 'home' },
      { code: 'completedSuccessfully' },
    ])
    expect((await server.activities(session)).activities.at(-1)).toMatchObject({ type: 'endOfConversation' })
  })

  it('gives the bot a typing activity without keeping it', async () => {
    expect((await post({ type: 'typing' })).status).toBe(200)
    expect(server.turns.at(-1)?.type).toBe('typing')
    expect((await server.activities(session)).activities).toHaveLength(1)
  })

  it('reads long conversations in pages', async () => {
    const entries = Array.from({ length: 300 }, (_, index) => ({
      id: `x${index}`,
      value: { text: String(index) },
    }))
    await server.store.logs.append(`dl:log:${session.conversationId}`, entries)
    const first = await server.activities(session)
    expect([first.activities.length, first.watermark]).toEqual([250, '250'])
    expect((await server.activities(session, '250')).activities).toHaveLength(51)
  })
})

describe('sending the same again', () => {
  const again = { channelData: { clientActivityID: 'c-1' } }

  it('gives the same id, keeps one, and lets the bot see it again', async () => {
    const answers = [await server.say(session, 'id r-1', again), await server.say(session, 'id r-1', again)]
    expect(answers[0]?.body['id']).toBe(answers[1]?.body['id'])
    expect(texts(await server.activities(session))).toEqual(['hello en', 'id r-1', 'echo id r-1'])
    expect(server.turns.map(({ id }) => id).slice(1)).toEqual([
      answers[0]?.body['id'],
      answers[0]?.body['id'],
    ])
  })

  it('holds for deliveries at once, and not across conversations', async () => {
    await Promise.all([1, 2, 3, 4].map(() => server.say(session, 'id r-1', again)))
    expect((await server.activities(session)).activities).toHaveLength(3)
    const other = await server.start()
    const { body } = await server.say(other, 'id r-1', again)
    expect(body['id']).not.toBe((await server.activities(session)).activities[1]?.id)
    expect((await server.activities(other)).activities).toHaveLength(3)
  })

  it('cannot be used to pass for the bot', async () => {
    await server.say(session, 'id same')
    const before = (await server.activities(session)).activities.length
    await server.say(session, 'x', { channelData: { clientActivityID: 'same' } })
    expect((await server.activities(session)).activities).toHaveLength(before + 2)
  })
})

describe('a bot that fails', () => {
  it('gives 502, keeps the message and shows nothing of the inside', async () => {
    const answer = await server.say(session, 'fail')
    expectError(answer, 502, 'BotError')
    expect(answer.text).not.toContain('secret')
    expect(server.logged).toHaveLength(1)
    expect(texts(await server.activities(session))).toEqual(['hello en', 'fail'])
  })

  it('gives 502 also where onTurnError apologised', async () => {
    server.directLine.adapter.onTurnError = async (context) => void (await context.sendActivity('sorry'))
    expectError(await server.say(session, 'fail'), 502, 'BotError')
    expect(texts(await server.activities(session))).toEqual(['hello en', 'fail', 'sorry'])
    expect((await server.say(session, 'fine')).status).toBe(200)
  })

  it('counts errors of middleware', async () => {
    server.directLine.adapter.use(async () => Promise.reject(new Error('secret')))
    expectError(await server.say(session, 'x'), 502, 'BotError')
  })
})

describe('what is not taken', () => {
  it.each([
    ['no body', undefined, 400, 'BadArgument'],
    ['a body that is no object', '[]', 400, 'BadArgument'],
    ['null', 'null', 400, 'BadArgument'],
    ['broken JSON', '{"type":', 400, 'BadSyntax'],
    ['__proto__', '{"type":"message","text":"x","__proto__":{"a":1}}', 400, 'BadArgument'],
    ['no type', {}, 400, 'ActivityNotSupported'],
    ['a type of the bot', { type: 'conversationUpdate' }, 400, 'ActivityNotSupported'],
    ['a type that is no text', { type: 5 }, 400, 'ActivityNotSupported'],
    ['attachments', { type: 'message', text: 'x', attachments: [{}] }, 400, 'ActivityNotSupported'],
    ['no text', { type: 'message' }, 400, 'TextEmpty'],
    ['blank text', { type: 'message', text: ' \n\t' }, 400, 'TextEmpty'],
    ['a text that is none', { type: 'message', text: { a: 1 } }, 400, 'BadArgument'],
    ['a long text', { type: 'message', text: '字'.repeat(20_001) }, 413, 'TextTooLong'],
    ['a big value', { type: 'message', value: 'x'.repeat(40_000) }, 413, 'MessageSizeTooBig'],
    ['a big body', { type: 'message', text: 'x'.repeat(300_000) }, 413, 'MessageSizeTooBig'],
    ['a long name', { type: 'event', name: 'x'.repeat(201) }, 400, 'BadArgument'],
  ])('%s', async (_name, body, status, code) => {
    expectError(await post(body), status, code)
    expect(server.turns).toHaveLength(1)
    expect((await server.activities(session)).activities).toHaveLength(1)
  })

  it('names the types that are', async () => {
    expect((await post({ type: 'trace' })).body.error?.message).toContain(
      'message, event, typing, endOfConversation',
    )
  })

  it('other content', async () => {
    const path = `conversations/${session.conversationId}/activities`
    const form = { token: session.token, body: 'a=1', headers: { 'content-type': 'text/plain' } }
    expectError(await server.call('POST', path, form), 415, 'ContentTypeNotSupported')
    expectError(await server.call('DELETE', path, session), 405, 'MethodNotAllowed')
    const upload = await server.call('POST', `conversations/${session.conversationId}/upload`, session)
    expectError(upload, 404, 'NotFound')
    expect(upload.body.error?.message).toContain('Files cannot be uploaded')
  })

  it('somebody else', async () => {
    const other = await server.start()
    const path = `conversations/${session.conversationId}/activities`
    const body = { type: 'message', text: 'x' }
    expectError(await server.call('POST', path, { token: other.token, body }), 403, 'ForeignToken')
    expectError(await server.call('POST', path, { body }), 401, 'MissingToken')
    expectError(await server.call('GET', path, other), 403, 'ForeignToken')
  })

  it('keeps exactly the longest text, and mends half a surrogate pair', async () => {
    expect((await post({ type: 'message', text: 'x'.repeat(20_000) })).status).toBe(200)
    expect((await post({ type: 'message', text: 'a\ud800b', channelData: { x: 'c\udfff' } })).status).toBe(
      200,
    )
    expect(server.turns.at(-1)?.text).toBe('a\uFFFDb')
  })

  it('cuts big channel data down to what a client knows its message by', async () => {
    const channelData = { clientActivityID: 'c-1', junk: 'x'.repeat(5_000) }
    await post({ type: 'message', text: 'x', channelData })
    expect(server.turns.at(-1)?.channelData).toEqual({ clientActivityID: 'c-1' })
    await post({ type: 'message', text: 'x', channelData: { clientActivityID: 'c-2', postBack: true } })
    expect(server.turns.at(-1)?.channelData).toEqual({ clientActivityID: 'c-2', postBack: true })
  })
})
