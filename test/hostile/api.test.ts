import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directLineTalker, type WebTalker } from '../support/direct-line-talker.ts'
import { BODIES } from './inputs/bodies.ts'
import { HEADERS } from './inputs/headers.ts'
import { PATHS } from './inputs/paths.ts'
import { expectInKind, expectRefusal, startTarget, type Answer, type Target } from './support.ts'

let target: Target
let talker: WebTalker

beforeAll(async () => {
  target = await startTarget()
  talker = await directLineTalker(target.app.address, 'en')
})
afterAll(() => target.end())

const DIRECT_LINE = '/v3/directline'
const activities = () => `${DIRECT_LINE}/conversations/${talker.conversationId}/activities`

/** Every route that takes a body; `reads` where it refuses one that is not its own. */
const routes = (): readonly { path: string; reads: boolean }[] => [
  { path: '/api/ask', reads: true },
  { path: '/api/assess', reads: true },
  { path: '/api/messages', reads: true },
  { path: activities(), reads: true },
  { path: `${DIRECT_LINE}/tokens/generate`, reads: false },
  { path: `${DIRECT_LINE}/tokens/refresh`, reads: false },
  { path: `${DIRECT_LINE}/conversations`, reads: false },
]
const authorization = () => `Bearer ${talker.token}`

function headersFor(path: string): Record<string, string> {
  return path.startsWith(DIRECT_LINE) && !path.endsWith('generate') ? { authorization: authorization() } : {}
}

describe('bodies', () => {
  it.each(BODIES)('%s is refused by every route that reads one', async (_name, body) => {
    const answers = await target.meanwhile(async () => {
      const all: (readonly [string, boolean, Answer])[] = []
      for (const { path, reads } of routes())
        all.push([path, reads, await target.send(path, { method: 'POST', headers: headersFor(path), body })])
      return all
    })
    for (const [path, reads, answer] of answers) {
      if (reads) expectRefusal(answer, path)
      else expectInKind(answer, path)
    }
  })

  it('leave no trace on what all objects share', () => {
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

describe('addresses', () => {
  it.each(PATHS)('%s leads nowhere', async (path) => {
    const answer = await target.send(path)
    expect(answer.text).not.toMatch(/root:|"dependencies"|\[core\]/)
    expectRefusal(answer, path)
  })
})

describe('methods', () => {
  const SERVED = new Set(['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE'])
  const paths = () => [
    '/',
    '/widget.js',
    '/healthz',
    '/api/ask',
    '/api/messages',
    '/download/dossier.pdf',
    activities(),
  ]

  it.each(['PUT', 'PATCH', 'TRACE', 'PROPFIND', 'LINK', 'PURGE', 'DELETE'])(
    '%s is refused',
    async (method) => {
      for (const path of paths()) {
        const answer = await target.send(path, { method, headers: headersFor(path) })
        expect(answer.status, path).toBe(405)
        expectRefusal(answer, path)
      }
      expect(SERVED.has(method) || (await target.send('/api/cases/mine', { method })).status === 405).toBe(
        true,
      )
    },
  )

  it('named in a header change nothing', async () => {
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const answer = await target.send('/api/cases/mine', {
        headers: { [name]: 'DELETE', authorization: authorization() },
      })
      expect(answer.status).toBe(200)
    }
    expect(
      (await target.send('/api/cases/mine', { headers: { authorization: authorization() } })).status,
    ).toBe(200)
  })
})

describe('headers', () => {
  it.each(HEADERS)('%s', async (_name, headers) => {
    for (const { path } of routes()) {
      const answer = await target.send(path, {
        method: 'POST',
        headers: { ...headersFor(path), ...headers },
        body: '{}',
      })
      expectInKind(answer, path)
      expect(JSON.stringify(answer.headers)).not.toContain('evil')
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
  })
})

it('after all of it others are served, nothing failed inside, and memory is bounded', () => target.settle())
