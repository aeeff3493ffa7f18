import fc from 'fast-check'
import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkServiceUrl, destinations } from '../../../src/channels/bot-framework/service-url.ts'
import { chinaCloud, GLOBAL_CLOUD } from '../../../src/channels/bot-framework/cloud.ts'
import { message, readable, startServer, type TestServer } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(() => void (server.turns.length = 0))

const without = (member: string) => message({ [member]: undefined })
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

/** Body, status, and what the refusal is about. */
const HOSTILE: readonly (readonly [name: string, body: unknown, status: number, code: string])[] = [
  ['nothing', '', 400, 'request-invalid'],
  ['an empty object', {}, 400, 'activity-unsupported'],
  ['null', 'null', 400, 'request-invalid'],
  ['a list', [message()], 400, 'request-invalid'],
  ['a text', '"message"', 400, 'request-invalid'],
  ['a number', '1e999', 400, 'request-invalid'],
  ['broken JSON', '{"type":', 400, 'body-not-json'],
  ['a type alone', { type: 'message' }, 400, 'request-invalid'],
  ['an unknown type', message({ type: 'deleteEverything' }), 400, 'activity-unsupported'],
  ['a type of another case', message({ type: 'Message' }), 400, 'activity-unsupported'],
  ['a type that is a list', message({ type: ['message'] }), 400, 'activity-unsupported'],
  ['a type that is a member of all objects', message({ type: 'constructor' }), 400, 'activity-unsupported'],
  ['no conversation', without('conversation'), 400, 'request-invalid'],
  ['a conversation without id', message({ conversation: {} }), 400, 'request-invalid'],
  ['an empty conversation id', message({ conversation: { id: '' } }), 400, 'request-invalid'],
  ['half a character in an id', message({ conversation: { id: 'a\udc00' } }), 400, 'request-invalid'],
  ['a line break in an id', message({ id: 'a\r\nX: y' }), 400, 'request-invalid'],
  ['an endless id', message({ id: 'x'.repeat(2_000) }), 400, 'request-invalid'],
  ['a number as id', message({ id: 1 }), 400, 'request-invalid'],
  ['no sender', without('from'), 400, 'request-invalid'],
  ['a sender that is a text', message({ from: 'me' }), 400, 'request-invalid'],
  ['no recipient', without('recipient'), 400, 'request-invalid'],
  ['no channel', without('channelId'), 400, 'request-invalid'],
  ['no service URL', without('serviceUrl'), 400, 'request-invalid'],
  ['a text that is an object', message({ text: { toString: 'x' } }), 400, 'request-invalid'],
  ['a text of 100 kB', message({ text: 'x'.repeat(100_000) }), 413, 'text-too-long'],
  ['a value of 40 kB', message({ value: 'x'.repeat(40_000) }), 413, 'body-too-large'],
  ['a body over the limit', message({ text: 'x'.repeat(300_000) }), 413, 'body-too-large'],
  ['deep nesting', `{"type":"message","value":${deep(500)}}`, 400, 'request-invalid'],
  ['a prototype', '{"type":"message","__proto__":{"x":1}}', 400, 'request-invalid'],
  ['an unknown delivery mode', message({ deliveryMode: 'stream' }), 400, 'request-invalid'],
  ['members that are none', message({ membersAdded: [null] }), 400, 'request-invalid'],
  ['members in an object', message({ membersAdded: { length: 1 } }), 400, 'request-invalid'],
  ['a thousand entities', message({ entities: Array(1_000).fill({}) }), 400, 'request-invalid'],
  ['channel data that is a text', message({ channelData: 'x' }), 400, 'request-invalid'],
]

describe('bodies that are no activity', () => {
  it.each(HOSTILE)('%s', async (_name, body, status, code) => {
    const answer = await server.post(body)
    expect([answer.status, answer.body['code']]).toEqual([status, code])
    expect(readable(answer)).toBe(true)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(server.turns).toEqual([])
  })

  it('odd dates and nulls do no harm', async () => {
    const odd = {
      timestamp: 'yesterday',
      localTimestamp: null,
      expiration: '',
      attachments: null,
      name: null,
    }
    const { status } = await server.post(message({ ...odd, deliveryMode: 'expectReplies' }))
    expect(status).toBe(200)
    expect(server.turns[0]?.timestamp).toBeUndefined()
  })

  it('whatever else is sent, the answer can be read and is no fault', async () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .tuple(fc.constantFrom(...Object.keys(message()), 'value', 'entities', 'channelData'), fc.jsonValue())
        .map(([member, value]) =>
          JSON.stringify(message({ deliveryMode: 'expectReplies', [member]: value })),
        ),
    )
    await fc.assert(
      fc.asyncProperty(anything, async (body) => readable(await server.post(body))),
      { numRuns: 150 },
    )
  })

  it('other methods and types are refused', async () => {
    const get = await fetch(server.url)
    expect(get.status).toBe(405)
    const form = await server.post('type=message', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(form.status).toBe(415)
  })
})

describe('service URLs', () => {
  const FOREIGN = [
    'http://192.0.2.1/',
    'https://example.com/',
    'https://smba.trafficmanager.net/emea/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1:8080/',
    'http://0.0.0.0/',
    'http://[::ffff:192.0.2.1]/',
    'http://localhost.example.com/',
    'http://127.0.0.1.example.com/',
    'http://127.0.0.1@192.0.2.1/',
    'http://user@127.0.0.1/',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'urn:botframework:websocket:x',
    '//127.0.0.1/',
    '127.0.0.1',
    ' ',
  ]

  it.each(FOREIGN)('%s is not answered without credentials', async (serviceUrl) => {
    const answer = await server.post(message({ serviceUrl }))
    expect([answer.status, answer.body['code']]).toEqual([403, 'service-url-not-allowed'])
    expect(server.turns).toEqual([])
  })

  it.each(['http://localhost:3978', 'http://127.9.8.7:1/', 'http://[::1]:1/', 'http://0x7f.1/'])(
    '%s is this machine',
    async (serviceUrl) => {
      const { status } = await server.post(message({ serviceUrl, deliveryMode: 'expectReplies' }))
      expect(status).toBe(200)
    },
  )

  const production = destinations(true, true, GLOBAL_CLOUD, ['connector.example.com'])
  it.each([
    'https://smba.trafficmanager.net/emea/',
    'https://directline.botframework.com/',
    'https://europe.webchat.botframework.com/',
    'https://connector.example.com/x',
  ])('%s is answered in production', (url) => {
    expect(() => checkServiceUrl(url, production)).not.toThrow()
  })
  it.each([
    'http://smba.trafficmanager.net/emea/',
    'https://evil.trafficmanager.net/',
    'https://smba.trafficmanager.net.example.com/',
    'https://smba.trafficmanager.net:8443/',
    'https://botframework.com.example.com/',
    'https://notbotframework.com/',
    'https://a.connector.example.com/',
    'https://x@directline.botframework.com/',
    'https://directline.botframework.azure.cn/',
    'http://127.0.0.1:3978/',
    'https://localhost/',
  ])('%s is not answered in production', (url) => {
    expect(() => checkServiceUrl(url, production)).toThrow(/may not be sent/)
  })

  it('follow the cloud', () => {
    const china = destinations(true, true, chinaCloud('tenant'))
    expect(() => checkServiceUrl('https://directline.botframework.azure.cn/', china)).not.toThrow()
    expect(() => checkServiceUrl('https://directline.botframework.com/', china)).toThrow()
  })
})

describe('callers without credentials', () => {
  it.each([
    ['a forwarded request', { 'x-forwarded-for': '192.0.2.1' }],
    ['another spelling of it', { forwarded: 'for=192.0.2.1' }],
    ['a proxy', { via: '1.1 proxy' }],
    ['a page of another site', { origin: 'https://example.com' }],
    ['a page without an origin', { origin: 'null' }],
    ['a name that was pointed at this machine', { host: 'rebound.example.com' }],
  ])('%s is refused', async (_name, headers) => {
    expect(await statusOf(headers)).toEqual([403, 'service-url-not-allowed'])
    expect(server.turns).toEqual([])
  })

  it('a page of this machine is answered', async () => {
    expect(await statusOf({ origin: 'http://localhost:3000' })).toEqual([200, undefined])
  })

  /** fetch does not let anyone set Host. */
  function statusOf(headers: Record<string, string>): Promise<readonly [number | undefined, unknown]> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest(
        server.url,
        { method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
        (response) => {
          let text = ''
          response.on('data', (chunk: Buffer) => (text += chunk.toString()))
          response.on('end', () =>
            resolve([response.statusCode, (JSON.parse(text || '{}') as { code?: unknown }).code]),
          )
        },
      )
      sent.on('error', reject)
      sent.end(JSON.stringify(message({ deliveryMode: 'expectReplies' })))
    })
  }
})
