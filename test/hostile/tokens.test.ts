import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { directLineTalker, type WebTalker } from '../support/direct-line-talker.ts'
import { FORGERIES, genuine, type Victim } from './inputs/forgeries.ts'
import { GUESSES } from './inputs/guesses.ts'
import { expectRefusal, SECRET, startTarget, type Target } from './support.ts'

let target: Target
let victim: WebTalker
let intruder: WebTalker

beforeAll(async () => {
  target = await startTarget()
  victim = await directLineTalker(target.app.address, 'en')
  intruder = await directLineTalker(target.app.address, 'en')
})
afterAll(() => target.end())

const DIRECT_LINE = '/v3/directline'
/** Everything that belongs to a conversation. */
const routesOf = (id: string): readonly (readonly [method: string, path: string])[] => [
  ['GET', `${DIRECT_LINE}/conversations/${id}`],
  ['GET', `${DIRECT_LINE}/conversations/${id}/activities`],
  ['POST', `${DIRECT_LINE}/conversations/${id}/activities`],
]
const OF_THE_TOKEN = [
  ['POST', `${DIRECT_LINE}/tokens/refresh`],
  ['POST', `${DIRECT_LINE}/conversations`],
  ['GET', '/api/cases/mine'],
  ['DELETE', '/api/cases/mine'],
] as const

function call(method: string, path: string, token: string) {
  const body = method === 'POST' ? { body: { type: 'message', text: 'intruder was here' } } : {}
  return target.send(path, { method, headers: { authorization: `Bearer ${token}` }, ...body })
}

/** The status with which a socket is refused, or 101. */
function socketStatus(id: string, token: string): Promise<number> {
  const address = target.app.address.replace('http', 'ws')
  const socket = new WebSocket(
    `${address}${DIRECT_LINE}/conversations/${encodeURIComponent(id)}/stream?t=${encodeURIComponent(token)}`,
  )
  return new Promise((resolve, reject) => {
    socket.on('open', () => (socket.terminate(), resolve(101)))
    socket.on(
      'unexpected-response',
      (_request, response) => (response.destroy(), resolve(response.statusCode ?? 0)),
    )
    socket.on('error', reject)
  })
}

async function said(talker: WebTalker): Promise<string> {
  return (await talker.call('GET', `conversations/${talker.conversationId}/activities`)).text()
}

describe('a forged token', () => {
  it('would be good if nothing were wrong with it', async () => {
    const [[method, path] = ['', '']] = routesOf(victim.conversationId)
    expect((await call(method, path, genuine(victim))).status).toBe(200)
    expect(await socketStatus(victim.conversationId, genuine(victim))).toBe(101)
  })

  it.each(FORGERIES)('%s opens nothing', async (_name, make) => {
    const token = make(victim satisfies Victim)
    for (const [method, path] of [...routesOf(victim.conversationId), ...OF_THE_TOKEN]) {
      const answer = await call(method, path, token)
      expect([401, 403], `${method} ${path}`).toContain(answer.status)
      expectRefusal(answer, path)
    }
    expect([401, 403]).toContain(await socketStatus(victim.conversationId, token))
    expect(await said(victim)).not.toContain('intruder')
  })
})

describe('a good token of another conversation', () => {
  it('opens nothing of it, and its case is not told', async () => {
    for (const [method, path] of routesOf(victim.conversationId)) {
      const answer = await call(method, path, intruder.token)
      expect(answer.status).toBe(403)
      expectRefusal(answer, path)
    }
    expect(await socketStatus(victim.conversationId, intruder.token)).toBe(403)
    await victim.text('a company')
    const mine = await call('GET', '/api/cases/mine', intruder.token)
    expect(mine.text).not.toContain(victim.conversationId)
    expect(await said(victim)).not.toContain('intruder')
  })

  it('deletes its own case only', async () => {
    const other = await directLineTalker(target.app.address, 'en')
    await other.text('hello')
    await call('DELETE', '/api/cases/mine', other.token)
    expect(await said(victim)).toContain('a company')
  })

  it('of another purpose opens nothing', async () => {
    const path = `${DIRECT_LINE}/conversations/${victim.conversationId}`
    const session = JSON.parse((await call('GET', path, victim.token)).text) as {
      streamUrl: string
      resumeToken: string
    }
    const stream = new URL(session.streamUrl).searchParams.get('t') ?? ''
    expect(stream).not.toBe('')
    for (const token of [stream, session.resumeToken])
      for (const [method, route] of [...routesOf(victim.conversationId), ...OF_THE_TOKEN])
        expectRefusal(await call(method, route, token), route)
    expect(await socketStatus(victim.conversationId, session.resumeToken)).toBe(403)
  })
})

describe('guessing conversations', () => {
  it.each(GUESSES)('%s', async (_name, make) => {
    const id = make(victim.conversationId)
    for (const [method, path] of routesOf(encodeURIComponent(id))) {
      const answer = await call(method, path, intruder.token)
      expect([403, 404]).toContain(answer.status)
      expectRefusal(answer, path)
      const bySecret = await call(method, path, SECRET)
      expect(bySecret.status).toBe(404)
      expectRefusal(bySecret, path)
    }
  })

  it('says the same of what exists and what does not', async () => {
    const unknown = randomBytes(16).toString('base64url')
    for (const index of [0, 1, 2]) {
      const [method, path] = routesOf(victim.conversationId)[index] ?? ['', '']
      const [, other] = routesOf(unknown)[index] ?? ['', '']
      const [one, two] = [await call(method, path, intruder.token), await call(method, other, intruder.token)]
      expect([two.status, two.text]).toEqual([one.status, one.text])
    }
  })
})

describe('replay', () => {
  it('of a message answers it once', async () => {
    const path = `${DIRECT_LINE}/conversations/${victim.conversationId}/activities`
    const body = { type: 'message', text: 'help', channelData: { clientActivityID: 'replayed' } }
    const headers = { authorization: `Bearer ${victim.token}` }
    const ids = new Set<string>()
    for (let time = 0; time < 10; time += 1) {
      const answer = await target.send(path, { headers, body })
      ids.add((JSON.parse(answer.text) as { id: string }).id)
    }
    expect(ids.size).toBe(1)
    expect((await said(victim)).split('"replayed"')).toHaveLength(2)
  })

  it('of a token after its case was deleted finds nothing of it', async () => {
    const gone = await directLineTalker(target.app.address, 'en')
    await gone.text('hello')
    expect((await call('DELETE', '/api/cases/mine', gone.token)).status).toBe(204)
    expect((await call('GET', '/api/cases/mine', gone.token)).status).toBe(404)
  })
})

it('after all of it others are served, nothing failed inside, and memory is bounded', () => target.settle())
