import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SECRET, startServer, type Answer, type Session, type TestServer } from './support.ts'

let server: TestServer
let session: Session

beforeAll(async () => {
  server = await startServer()
  session = await server.start()
})
afterAll(() => server.close())

/** Nothing a client sends is a fault of the server, and every refusal is one that can be read. */
function check({ status, text, body }: Answer) {
  expect(text).not.toMatch(/ {4}at |node_modules|\.[tj]s:\d/)
  if (status < 400) return
  expect(status).toBeLessThan(500)
  expect(body.error?.code).toMatch(/^\w+$/)
  expect(body.error?.message).toMatch(/\w/)
}

const anything = fc.oneof(
  fc.json({ maxDepth: 5 }),
  fc.string(),
  fc
    .record(
      {
        type: fc.oneof(
          fc.constantFrom('message', 'event', 'typing', 'endOfConversation', 'trace'),
          fc.jsonValue(),
        ),
        text: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
        value: fc.jsonValue(),
        name: fc.jsonValue(),
        channelData: fc.oneof(fc.record({ clientActivityID: fc.jsonValue() }), fc.jsonValue()),
        attachments: fc.jsonValue(),
        user: fc.oneof(fc.record({ id: fc.jsonValue() }), fc.jsonValue()),
        trustedOrigins: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
        locale: fc.oneof(fc.string(), fc.jsonValue()),
      },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value)),
)
const path = () =>
  fc.constantFrom(
    'tokens/generate',
    'tokens/refresh',
    'conversations',
    `conversations/${session.conversationId}`,
    `conversations/${session.conversationId}/activities`,
    `conversations/${session.conversationId}/stream`,
    'conversations/x/activities',
    'conversations/__proto__/activities',
  )
const token = () =>
  fc.constantFrom(undefined, SECRET, session.token, session.resumeToken, 'x', 'a.b.c', '__proto__')

describe('whatever is sent', () => {
  it('any body to any route with any token', async () => {
    await fc.assert(
      fc.asyncProperty(path(), token(), anything, async (path, token, body) => {
        check(await server.call('POST', path, { token, body }))
      }),
      { numRuns: 600 },
    )
    expect(server.logged).toEqual([])
  })

  it('any query', async () => {
    const name = fc.constantFrom('watermark', 'watermark[]', 'watermark[a]', '__proto__', 't', 'x')
    const query = fc.array(fc.tuple(name, fc.string({ unit: 'binary' })), { maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(path(), token(), query, async (path, token, query) => {
        check(await server.call('GET', `${path}?${new URLSearchParams(query).toString()}`, { token }))
      }),
      { numRuns: 200 },
    )
    expect(server.logged).toEqual([])
  })

  it('any header', async () => {
    const printable = fc.string({
      unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)),
    })
    const headers = fc.record(
      {
        authorization: fc.oneof(
          printable,
          printable.map((text) => `Bearer ${text}`),
        ),
        origin: printable,
        'accept-language': printable,
        'content-type': printable,
      },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(path(), headers, async (path, headers) => {
        check(await server.call('POST', path, { headers, body: '{}' }))
      }),
      { numRuns: 200 },
    )
    expect(server.logged).toEqual([])
  })
})
