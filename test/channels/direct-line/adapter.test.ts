import { MessageFactory, TurnContext, type ConversationReference } from 'botbuilder'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startServer, texts, type Session, type TestServer } from './support.ts'

let server: TestServer
let session: Session
let reference: Partial<ConversationReference>

beforeEach(async () => {
  server = await startServer()
  session = await server.start()
  const [first] = server.turns
  if (first) reference = TurnContext.getConversationReference(first)
})
afterEach(() => server.close())

function proactively(logic: (context: TurnContext) => Promise<void>) {
  return server.directLine.adapter.continueConversation(reference, logic)
}

describe('sending', () => {
  it('keeps several activities in order, and their own ids', async () => {
    await proactively(async (context) => {
      const responses = await context.sendActivities([
        { text: 'a' },
        { id: 'b-1', text: 'b' },
        MessageFactory.text('c'),
      ])
      expect(responses.map(({ id }) => id)).toEqual([
        expect.stringContaining('|'),
        'b-1',
        expect.stringContaining('|'),
      ])
    })
    const set = await server.activities(session)
    expect(texts(set)).toEqual(['hello ', 'a', 'b', 'c'])
    expect(set.activities[2]?.id).toBe('b-1')
  })

  it('stores a reply once, however often it is sent under one id', async () => {
    for (let time = 0; time < 3; time++)
      await proactively(async (context) => void (await context.sendActivity({ id: 'r', text: 'x' })))
    expect(texts(await server.activities(session))).toEqual(['hello ', 'x'])
  })

  it('addresses activities handed to the adapter itself', async () => {
    await proactively(async (context) => {
      await context.adapter.sendActivities(context, [
        { id: 'own', type: 'message', text: 'direct', replyToId: 'kept' },
      ])
    })
    expect((await server.activities(session)).activities.at(-1)).toMatchObject({
      id: 'own',
      replyToId: 'kept',
      conversation: { id: session.conversationId },
      from: { role: 'bot' },
      recipient: { role: 'user' },
    })
  })

  it('writes dates as text and leaves out what is for others', async () => {
    await proactively(async (context) => {
      await context.sendActivities([
        { type: 'typing' },
        { type: 'trace', value: 'x' },
        { type: 'message', text: 'x', value: { at: new Date(0), none: undefined }, attachments: [] },
      ])
    })
    const { activities } = await server.activities(session)
    expect(activities).toHaveLength(2)
    expect(activities[1]).toMatchObject({ value: { at: '1970-01-01T00:00:00.000Z' }, attachments: [] })
  })

  it('records updates and deletions as activities of their own', async () => {
    await proactively(async (context) => {
      await context.sendActivity({ id: 'm', text: 'first' })
      await context.updateActivity({ id: 'm', text: 'second' })
      await context.updateActivity({ id: 'm', text: 'third' })
      await context.deleteActivity('m')
    })
    expect((await server.activities(session)).activities.slice(1)).toMatchObject([
      { type: 'message', id: 'm', text: 'first' },
      { type: 'messageUpdate', id: 'm', text: 'second' },
      { type: 'messageUpdate', id: 'm', text: 'third' },
      { type: 'messageDelete', id: 'm' },
    ])
  })
})

describe('speaking first', () => {
  it('works in every spelling of botbuilder', async () => {
    const { adapter } = server.directLine
    const say = (text: string) => async (context: TurnContext) => void (await context.sendActivity(text))
    await adapter.continueConversation(reference, say('1'))
    await adapter.continueConversationAsync('app', reference, say('2'))
    await adapter.continueConversationAsync({}, reference, 'audience', say('3'))
    expect(texts(await server.activities(session))).toEqual(['hello ', '1', '2', '3'])
  })

  it('gives the bot the usual event, through its middleware', async () => {
    const seen: (string | undefined)[] = []
    server.directLine.adapter.use(async ({ activity }, next) => {
      seen.push(activity.name)
      await next()
    })
    await proactively(async ({ activity }) => void seen.push(activity.from.id))
    expect(seen).toEqual(['ContinueConversation', reference.user?.id])
  })

  it('tells the caller of errors, and leaves nothing in a conversation that is gone', async () => {
    await expect(proactively(() => Promise.reject(new Error('boo')))).rejects.toThrow('boo')
    const gone = {
      ...reference,
      conversation: { id: 'gone', isGroup: false, conversationType: '', name: '' },
    }
    await server.directLine.adapter.continueConversation(
      gone,
      async (context) => void (await context.sendActivity('x')),
    )
    expect(await server.store.logs.last('dl:log:gone')).toBe(0)
    await expect(
      server.directLine.adapter.continueConversation(
        {},
        async (context) => void (await context.sendActivity('x')),
      ),
    ).rejects.toMatchObject({ code: 'request-invalid' })
  })
})
