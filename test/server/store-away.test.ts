import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { App } from '../../src/app.ts'
import { frameworkClient, type FrameworkClient } from '../support/framework-client.ts'
import { freePort, redisAvailable, type RedisServer } from '../support/redis-server.ts'
import { startRedisApp } from '../support/redis-app.ts'

const QUESTION = 'Does Guangdong ask for SMS verification?'

interface Ailment {
  readonly begin: (server: RedisServer) => Promise<unknown>
  readonly end: (server: RedisServer) => Promise<unknown>
  /** Whether the product can know that nothing was written. */
  readonly said: RegExp
}

const NOT_SAVED = /was not saved/
const ANY = /not saved|cannot tell/

const AILMENTS: Readonly<Record<string, Ailment>> = {
  'is stopped': { begin: (server) => server.kill(), end: (server) => server.start(), said: ANY },
  'stands still': {
    begin: async (server) => server.freeze(),
    end: async (server) => server.thaw(),
    said: ANY,
  },
  'is full': {
    begin: (server) => server.admin.config('SET', 'maxmemory', '1'),
    end: (server) => server.admin.config('SET', 'maxmemory', '0'),
    said: NOT_SAVED,
  },
  'became a replica': {
    begin: async (server) => server.admin.replicaof('127.0.0.1', await freePort()),
    end: (server) => server.admin.replicaof('NO', 'ONE'),
    said: NOT_SAVED,
  },
  'takes a right away': {
    begin: (server) => server.admin.call('ACL', 'SETUSER', 'default', '-set'),
    end: (server) => server.admin.call('ACL', 'SETUSER', 'default', '+@all'),
    said: NOT_SAVED,
  },
}

describe.skipIf(!redisAvailable)('the assistant while its Redis', () => {
  let server: RedisServer
  let app: App
  let end: () => Promise<void>
  let person: FrameworkClient

  beforeAll(async () => {
    ;({ app, server, end } = await startRedisApp())
  })
  afterAll(async () => {
    await end()
  })

  beforeEach(async () => {
    await expect.poll(async () => (await get('/readyz')).status, { timeout: 15_000 }).toBe(200)
    person = frameworkClient(app.address, 'emulator', 'en')
    await person.join()
    await person.say('website')
  })

  const get = (path: string) => fetch(`${app.address}${path}`)
  const post = (path: string, body: object, token = '') =>
    fetch(`${app.address}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    })
  const textOf = (replies: Awaited<ReturnType<FrameworkClient['say']>>) => JSON.stringify(replies)
  /** The answers as the card shows them; its ids differ each time. */
  const summary = async () =>
    JSON.stringify(
      (await person.say('my answers')).map(({ text, attachments }) => [text, attachments]),
    ).replace(/"(?:id|version|turn)":("[^"]*"|\d+)/g, '')

  describe.each(Object.entries(AILMENTS))('%s', (_, { begin, end, said }) => {
    it('says so, keeps nothing by halves, answers what needs no store, and goes on after', async () => {
      const before = await summary()
      const { token, conversationId } = (await (
        await post(
          '/v3/directline/conversations',
          {},
          ((await (await post('/v3/directline/tokens/generate', {})).json()) as { token: string }).token,
        )
      ).json()) as { token: string; conversationId: string }
      const activities = `/v3/directline/conversations/${conversationId}/activities`
      const message = { type: 'message', text: 'website', channelData: { clientActivityID: 'once' } }

      await begin(server)
      const away = await get('/readyz')
      expect(away.status).toBe(503)
      expect((await away.json()) as object).toMatchObject({ status: 'store-unavailable' })
      expect((await get('/healthz')).status).toBe(200)
      expect((await post('/api/ask', { question: QUESTION, lang: 'en' })).status).toBe(200)
      const inVain = await post('/api/ask', { question: 'How do I bake bread at home?', lang: 'en' })
      expect(inVain.status).toBe(200)
      expect((await post('/api/assess', { answers: { 'server.region': 'mainland' } })).status).toBe(200)
      expect(textOf(await person.say('mainland'))).toMatch(said)
      const answered = textOf(await person.say(QUESTION))
      expect(answered).toMatch(ANY)
      expect(answered).toMatch(/SMS/)
      const web = await post(activities, message, token)
      expect(web.status).toBeGreaterThanOrEqual(500)
      expect(await web.text()).toMatch(/Send it again/)
      const asked = await post(activities, { type: 'message', text: QUESTION, locale: 'en' }, token)
      expect(asked.status).toBeGreaterThanOrEqual(500)
      const beside = (await asked.json()) as {
        activities: { from: object; channelData: { message: object } }[]
      }
      expect(beside.activities).toMatchObject([{ type: 'message', from: { role: 'bot' } }])
      expect(JSON.stringify(beside.activities[0]?.channelData.message)).toMatch(/SMS/)
      expect(JSON.stringify(beside.activities[0]?.channelData.message)).toMatch(ANY)
      const stranger = await post(activities, message)
      expect(stranger.status).toBe(401)
      expect(await stranger.json()).not.toHaveProperty('activities')

      await end(server)
      await expect.poll(async () => (await get('/readyz')).status, { timeout: 15_000 }).toBe(200)
      if (said === NOT_SAVED) expect(await summary()).toBe(before)
      expect(textOf(await person.say('mainland'))).not.toMatch(ANY)
      expect((await post(activities, message, token)).status).toBe(200)
      const log = (await (
        await fetch(`${app.address}${activities}`, { headers: { authorization: `Bearer ${token}` } })
      ).json()) as { activities: { from: { role: string }; text?: string }[] }
      const own = log.activities.filter(({ from, text }) => from.role === 'user' && text === message.text)
      expect(own).toHaveLength(1)
    })
  })

  it('a retry that comes under a new activity id is answered once', async () => {
    const base = { channelId: 'emulator', serviceUrl: 'http://127.0.0.1:9/', deliveryMode: 'expectReplies' }
    const say = async (id: string, from: string, key: string, text: string) => {
      const activity = { ...base, type: 'message', id, text, locale: 'en', recipient: { id: 'bot' } }
      const response = await post('/api/messages', {
        ...activity,
        conversation: { id: 'retries' },
        from: { id: from },
        channelData: { clientActivityID: key },
      })
      return JSON.stringify(
        (
          (await response.json()) as { activities: { text?: string; attachments?: unknown }[] }
        ).activities.map(({ text: said, attachments }) => [said, attachments]),
      )
    }
    await say('1', 'ann', 'a', 'hello')
    const first = await say('2', 'ann', 'b', 'website')
    expect(await say('3', 'ann', 'b', 'website')).toBe(first)
    // Another person who happens to use the same, and the same person's next message, are turns of their own.
    expect(await say('4', 'ben', 'b', 'mainland')).not.toBe(first)
    expect(await say('5', 'ann', 'c', 'help')).not.toBe(first)
  })
})
