import { TurnContext } from 'botbuilder'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Connector, message, startServer, type TestServer } from './support.ts'

let server: TestServer
let connector: Connector
beforeAll(async () => {
  server = await startServer({ patienceMs: 500 })
  connector = await Connector.start()
})
afterAll(async () => {
  await server.close()
  await connector.close()
})
beforeEach(() => {
  connector.received.length = 0
  connector.status = 200
  server.turns.length = 0
  server.logged.length = 0
})

const heard = (more?: object) => message({ serviceUrl: connector.url, ...more })

describe('replies', () => {
  it('go to the connector, in order, as replies to the activity', async () => {
    const answer = await server.post(heard({ text: '你好' }))
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(connector.received.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`)).toEqual([
      'POST /v3/conversations/conversation-1|livechat/activities/activity-1',
      'POST /v3/conversations/conversation-1|livechat/activities/activity-1',
    ])
    expect(connector.received.map(({ activity }) => activity.text)).toEqual(['echo 你好', 'null'])
    expect(connector.received[0]?.activity).toMatchObject({
      type: 'message',
      replyToId: 'activity-1',
      from: { id: 'bot-1' },
      recipient: { id: 'user-1' },
      conversation: { id: 'conversation-1|livechat' },
    })
    expect(connector.received[0]?.authorization).toBeUndefined()
  })

  it('come in the response with expectReplies, and nowhere else', async () => {
    const { status, body } = await server.post(heard({ deliveryMode: 'expectReplies' }))
    expect(status).toBe(200)
    expect(body).toMatchObject({ activities: [{ text: 'echo hello' }, { text: 'null' }] })
    expect(connector.received).toEqual([])
  })

  it('a connector that refuses is a failed turn, and neither token nor text gets into the log', async () => {
    for (const status of [403, 404, null, undefined]) {
      connector.status = status
      const answer = await server.post(heard({ text: 'private words' }))
      expect(answer.status).toBe(502)
      expect(answer.body).toMatchObject({ code: 'upstream-rejected' })
      const [entry] = server.logged.splice(0)
      expect(entry?.fields.err).toMatchObject({ cause: { code: 'upstream-rejected' } })
      expect(deep(entry?.fields.err)).not.toContain('private words')
    }
  })

  it('are not carried on to where a connector redirects', async () => {
    const other = await Connector.start()
    for (const status of [301, 302, 303, 307, 308]) {
      connector.status = status
      connector.location = other.url
      expect((await server.post(heard())).status).toBe(502)
      expect(deep(server.logged.splice(0))).toContain(`did not take a reply: ${status}`)
    }
    expect(other.received).toEqual([])
    await other.close()
  })
})

describe('what the bot is given', () => {
  it('keeps the id, the value and the members of the channel', async () => {
    const value = { kind: 'answer', question: 'server.region', version: 2, answer: 'mainland' }
    const channelData = { tenant: { id: 't' }, clientActivityID: 'c' }
    await server.post(heard({ id: 'f:1|2', value, channelData, text: undefined }))
    expect(server.turns).toHaveLength(1)
    expect(server.turns[0]).toMatchObject({ id: 'f:1|2', value, channelData, locale: 'zh-CN' })
    expect(server.turns[0]?.timestamp).toEqual(new Date('2026-11-24T08:00:00Z'))
    expect(connector.received[1]?.activity.text).toBe(JSON.stringify(value))
  })

  it('has no mention of the bot in its text', async () => {
    const mentioned = { id: 'bot-1', name: 'Bot' }
    const mention = { type: 'mention', text: '<at>Bot</at>', mentioned }
    const other = { type: 'mention', text: '<at>Ann</at>', mentioned: { id: 'ann' } }
    await server.post(heard({ text: '<at>Bot</at> ask <at>Ann</at>', entities: [mention, other, null, 3] }))
    await server.post(heard({ text: '<at>Bot</at> ask <at>Ann</at>', entities: [mention, other] }))
    expect(server.turns.map(({ text }) => text)).toEqual(['ask <at>Ann</at>'])
  })

  it('is whole text, whatever is sent', async () => {
    await server.post(heard({ text: 'a\ud800b' }))
    expect(server.turns[0]?.text).toBe('a\ufffdb')
  })

  it('comes again under the same id: to know it is the matter of the bot', async () => {
    await server.post(heard())
    await server.post(heard())
    expect(server.turns.map(({ id }) => id)).toEqual(['activity-1', 'activity-1'])
  })
})

describe('activities of every type', () => {
  const types: readonly (readonly [string, object])[] = [
    ['conversationUpdate', { membersAdded: [{ id: 'bot-1' }, { id: 'user-1' }], membersRemoved: null }],
    ['messageReaction', { reactionsAdded: [{ type: 'like' }], replyToId: 'x' }],
    ['messageUpdate', {}],
    ['messageDelete', {}],
    ['typing', {}],
    ['event', { name: 'webchat/join', value: { language: 'en' } }],
    ['endOfConversation', { code: 'userCancelled' }],
    ['installationUpdate', { action: 'add' }],
    ['contactRelationUpdate', { action: 'remove' }],
    ['trace', { value: [1] }],
  ]
  it.each(types)('%s is taken', async (type, more) => {
    const answer = await server.post(heard({ type, text: null, ...more }))
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(server.turns.map((turn) => turn.type)).toEqual([type])
  })

  it('an invoke the bot knows is answered with what it says', async () => {
    const { status, body } = await server.post(heard({ type: 'invoke', name: 'known' }))
    expect([status, body]).toEqual([200, { done: true }])
  })

  it('an invoke it does not know is answered as the protocol wants', async () => {
    const value = { action: { type: 'Action.Execute', verb: 'x', data: {} } }
    const { status, body } = await server.post(heard({ type: 'invoke', name: 'adaptiveCard/action', value }))
    expect(status).toBe(501)
    expect(body).toMatchObject({ error: { code: 'NotImplemented' } })
    expect(JSON.stringify(body)).toContain('adaptiveCard/action')
  })
})

describe('a turn that fails', () => {
  it('is answered without what failed, which is in the log', async () => {
    const answer = await server.post(heard({ text: 'fail' }))
    expect(answer.status).toBe(502)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.text).not.toContain('secret')
    expect(deep(server.logged)).toContain('secret of the bot')
  })

  it('is answered so too where an onTurnError swallows the error', async () => {
    const { adapter } = server.framework
    const before = adapter.onTurnError
    const seen: string[] = []
    adapter.onTurnError = async (_context, error) => void seen.push(error.message)
    expect((await server.post(heard({ text: 'fail' }))).status).toBe(502)
    adapter.onTurnError = before
    expect(seen).toEqual(['secret of the bot'])
  })
})

describe('speaking first', () => {
  it('reaches the conversation of a reference', async () => {
    await server.post(heard())
    const reference = TurnContext.getConversationReference(server.turns[0]!)
    connector.received.length = 0
    await server.framework.continueConversation(reference, async (context) => {
      await context.sendActivity('a reminder')
    })
    expect(connector.received).toHaveLength(1)
    expect(connector.received[0]?.activity).toMatchObject({ text: 'a reminder', recipient: { id: 'user-1' } })
  })

  it('goes to allowed addresses only, and tells of errors', async () => {
    await server.post(heard())
    const reference = TurnContext.getConversationReference(server.turns[0]!)
    const { framework } = server
    const say = async (context: TurnContext) => void (await context.sendActivity('x'))
    for (const serviceUrl of ['https://smba.trafficmanager.net/emea/', 'http://192.0.2.1/', undefined])
      await expect(framework.continueConversation({ ...reference, serviceUrl }, say)).rejects.toMatchObject({
        code: 'service-url-not-allowed',
      })
    await expect(
      framework.continueConversation(reference, () => Promise.reject(new Error('boo'))),
    ).rejects.toMatchObject({ code: 'upstream-rejected', cause: { message: 'boo' } })
    await expect(
      framework.adapter.createConversationAsync('', 'x', 'http://192.0.2.1/', '', {} as never, say),
    ).rejects.toMatchObject({ code: 'service-url-not-allowed' })
  })
})

/** Everything an error holds, its causes and their members included. */
function deep(value: unknown): string {
  const seen = new Set<unknown>()
  const walk = (at: unknown): string => {
    if (typeof at !== 'object' || at === null) return String(at)
    if (seen.has(at)) return ''
    seen.add(at)
    const members = Object.getOwnPropertyNames(at).filter((name) => name !== 'stack')
    return members.map((name) => `${name}: ${walk(Reflect.get(at, name))}`).join('\n')
  }
  return walk(value)
}
