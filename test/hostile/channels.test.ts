import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directLineTalker, type WebTalker } from '../support/direct-line-talker.ts'
import { ACTIVITIES } from './inputs/activities.ts'
import { QUERIES, SERVICE_URLS } from './inputs/queries.ts'
import { expectInKind, expectRefusal, startTarget, type Target } from './support.ts'

let target: Target
let talker: WebTalker

beforeAll(async () => {
  target = await startTarget()
  talker = await directLineTalker(target.app.address, 'en')
})
afterAll(() => target.end())

const activities = () => `/v3/directline/conversations/${talker.conversationId}/activities`
const headers = () => ({ authorization: `Bearer ${talker.token}` })

interface Kept {
  readonly type: string
  readonly channelId: string
  readonly from: { readonly id: string; readonly role: string }
  readonly conversation: { readonly id: string }
}

async function kept(): Promise<readonly Kept[]> {
  const { text } = await target.send(activities(), { headers: headers() })
  return (JSON.parse(text) as { activities: readonly Kept[] }).activities
}

describe('an activity', () => {
  it.each(ACTIVITIES)('%s is taken as what it is, or refused', async (_name, activity) => {
    const before = await kept()
    const answer = await target.meanwhile(() =>
      target.send(activities(), { headers: headers(), body: activity }),
    )
    expectInKind(answer, activities())
    const [added, ...replies] = (await kept()).slice(before.length)
    if (answer.status >= 400) return expect(added).toBeUndefined()
    // Whatever it says of itself: of this person, in this conversation, and only what the bot says is the bot's.
    expect(added).toMatchObject({
      ...{ from: { role: 'user' }, channelId: 'directline', conversation: { id: talker.conversationId } },
    })
    expect(added?.from.id).toMatch(/^dl_/)
    expect(['message', 'event']).toContain(added?.type)
    for (const reply of replies) expect(reply.from.role).toBe('bot')
  })
})

describe('a query', () => {
  it.each(QUERIES.map((query) => [query.slice(0, 80), query] as const))('%s', async (_name, query) => {
    for (const path of [activities(), activities().replace('/activities', '')])
      expectInKind(await target.send(`${path}?${query}`, { headers: headers() }), path)
  })
})

describe('an address for replies', () => {
  it.each(SERVICE_URLS)('%s is not written to', async (serviceUrl) => {
    const body = {
      ...{ type: 'message', text: 'hello', channelId: 'emulator', serviceUrl, id: '1' },
      ...{ from: { id: 'x' }, recipient: { id: 'bot' }, conversation: { id: 'c' } },
    }
    const answer = await target.send('/api/messages', { body })
    expect(answer.status).toBe(403)
    expectRefusal(answer, '/api/messages')
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'service-url-not-allowed' })
  })
})

it('after all of it others are served, nothing failed inside, and memory is bounded', () => target.settle())
