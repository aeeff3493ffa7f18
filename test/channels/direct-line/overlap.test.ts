import { afterEach, describe, expect, it } from 'vitest'
import { remove } from '../../../src/channels/direct-line/conversations.ts'
import { AppError } from '../../../src/errors.ts'
import type { Store } from '../../../src/store/port.ts'
import { memoryStore } from '../../support/memory-store.ts'
import { startServer, texts, type TestServer } from './support.ts'

/** Lets entries of the user's into the log only when told to, or fails them. */
function slowStore() {
  const store = memoryStore()
  let held = Promise.resolve()
  const slow: Store = {
    ...store,
    logs: {
      ...store.logs,
      append: async (log, entries) => {
        if (entries.some(({ id }) => id.startsWith('user:'))) await held
        return store.logs.append(log, entries)
      },
    },
  }
  return { store: slow, hold: (until: Promise<void>) => void (held = until) }
}

describe('the turn and the log of what was said', () => {
  let server: TestServer
  afterEach(() => server.close())

  it('go on at once, and what the bot says stands after it', async () => {
    const { store, hold } = slowStore()
    server = await startServer({ store })
    const session = await server.start({ body: { locale: 'en' } })
    let letIn: () => void = () => undefined
    hold(new Promise((resolve) => (letIn = resolve)))
    const before = server.turns.length
    const answer = server.say(session, 'one')
    await expect.poll(() => server.turns.length).toBe(before + 1)
    expect(texts(await server.activities(session))).toEqual(['hello en'])
    letIn()
    expect((await answer).status).toBe(200)
    expect(texts(await server.activities(session))).toEqual(['hello en', 'one', 'echo one'])
  })

  it('fail together: the client posts again, and everything is there once', async () => {
    const { store, hold } = slowStore()
    server = await startServer({ store })
    const session = await server.start({ body: { locale: 'en' } })
    const fault = new AppError('store-unavailable', { detail: 'The store is away.', remedy: 'Wait.' })
    const failed = Promise.reject<void>(fault)
    failed.catch(() => undefined)
    hold(failed)
    const again = { channelData: { clientActivityID: 'mine' } }
    const { status, body } = await server.say(session, 'one', again)
    expect([status, body.error?.code]).toEqual([503, 'ServiceUnavailable'])
    expect(texts(await server.activities(session))).toEqual(['hello en'])
    hold(Promise.resolve())
    await server.say(session, 'one', again)
    expect(texts(await server.activities(session))).toEqual(['hello en', 'one', 'echo one'])
  })

  it('leave nothing of a conversation that is deleted meanwhile', async () => {
    const { store, hold } = slowStore()
    server = await startServer({ store })
    const session = await server.start({ body: { locale: 'en' } })
    hold(remove(store, session.conversationId))
    await server.say(session, 'one')
    expect(await store.logs.last(`dl:log:${session.conversationId}`)).toBe(0)
  })
})
