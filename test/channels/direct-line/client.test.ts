import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Activity, DirectLine, DirectLineOptions } from 'botframework-directlinejs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import XMLHttpRequest from 'xhr2'
import { openEmbeddedStore } from '../../../src/store/embedded/open.ts'
import type { Store } from '../../../src/store/port.ts'
import { eventually, SECRET, startServer, type TestServer } from './support.ts'

/** The published client, as it comes, on a store on disk. In Node it misses two things of a browser. */
const original = globalThis.WebSocket as unknown
let DirectLineClient: typeof DirectLine
let folder: string
let store: Store
let server: TestServer
const clients: Client[] = []

beforeAll(async () => {
  Object.assign(globalThis, { WebSocket, XMLHttpRequest })
  DirectLineClient = (await import('botframework-directlinejs')).DirectLine
})
afterAll(() => {
  Object.assign(globalThis, { WebSocket: original, XMLHttpRequest: undefined })
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'direct-line-'))
  store = await openEmbeddedStore({ path: folder })
  server = await startServer({ store })
})
afterEach(async () => {
  for (const { line, stop } of clients.splice(0)) {
    stop()
    line.end()
  }
  await server.close()
  await store.close()
  await rm(folder, { recursive: true })
})

interface Client {
  readonly line: DirectLine
  readonly got: Activity[]
  readonly stop: () => void
  texts(): (string | undefined)[]
  say(text: string, more?: object): Promise<string>
}

const ONLINE = 2
const EXPIRED = 3
const ENDED = 5

function connect(options: DirectLineOptions): Client {
  const line = new DirectLineClient({ domain: server.url, pollingInterval: 200, ...options })
  const got: Activity[] = []
  const subscription = line.activity$.subscribe({
    next: (activity) => got.push(activity),
    error: () => undefined,
  })
  const client: Client = {
    line,
    got,
    stop: () => subscription.unsubscribe(),
    texts: () => got.map((activity) => ('text' in activity ? activity.text : undefined)),
    say: (text, more) =>
      new Promise((resolve, reject) => {
        const activity = { type: 'message', from: { id: 'me' }, text, ...more } as Activity
        line.postActivity(activity).subscribe(resolve, reject)
      }),
  }
  clients.push(client)
  return client
}

describe.each([
  ['streaming', true],
  ['polling', false],
])('DirectLineJS, %s', (_name, webSocket) => {
  it('starts, talks and gets its own messages back', async () => {
    const { token } = await server.generate()
    const client = connect({ token, webSocket, conversationStartProperties: { locale: 'zh-CN' } })
    await eventually(() => client.got.length === 1)
    expect(client.texts()).toEqual(['hello zh-CN'])
    const id = await client.say('one', { channelData: { clientActivityID: 'c-1' } })
    await eventually(() => client.got.length === 3)
    await client.say('two')
    await eventually(() => client.got.length === 5)
    expect(client.texts()).toEqual(['hello zh-CN', 'one', 'echo one', 'two', 'echo two'])
    expect(client.got[1]).toMatchObject({ id, channelData: { clientActivityID: 'c-1' } })
    expect(client.line.connectionStatus$.getValue()).toBe(ONLINE)
  })

  it('works with the secret, and in two tabs of one conversation', async () => {
    const first = connect({ secret: SECRET, webSocket })
    await eventually(() => first.got.length === 1)
    const conversationId = first.got[0]?.conversation?.id ?? ''
    const second = connect({ secret: SECRET, conversationId, webSocket })
    await eventually(() => second.got.length === 1)
    await first.say('from the first')
    await second.say('from the second')
    await eventually(() => first.got.length === 5 && second.got.length === 5)
    expect(second.got.map(({ id }) => id)).toEqual(first.got.map(({ id }) => id))
  })

  it('comes back days later to where it was', async () => {
    const session = await server.start()
    await server.say(session, 'before')
    const { token, conversationId } = await server.generate({ token: session.resumeToken })
    const client = connect({ token, conversationId, webSocket, watermark: '1' })
    await eventually(() => client.got.length === 2)
    await client.say('after')
    await eventually(() => client.got.length === 4)
    expect(client.texts()).toEqual(['before', 'echo before', 'after', 'echo after'])
  })

  it('is told of a failing bot with its "retry", and keeps the message', async () => {
    const { token } = await server.generate()
    const client = connect({ token, webSocket })
    await eventually(() => client.got.length === 1)
    expect(await client.say('fail')).toBe('retry')
    await eventually(() => client.got.length === 2)
    expect(client.texts()[1]).toBe('fail')
  })
})

describe('DirectLineJS', () => {
  it('loses and doubles nothing when its socket breaks', async () => {
    const { token, conversationId } = await server.generate()
    // Comes back after the shortest of its waits, 3 s.
    const client = connect({ token, ...{ random: () => 0 } })
    await eventually(() => client.got.length === 1)
    await client.say('one')
    await eventually(() => client.got.length === 3)
    server.dropSockets()
    const other = { token, conversationId, expires_in: 0, streamUrl: '', resumeToken: '' }
    await server.say(other, 'while away')
    expect(client.got).toHaveLength(3)
    await eventually(() => client.got.length >= 5, 10_000)
    await client.say('back')
    await eventually(() => client.got.length === 7)
    const { activities } = await server.activities(other)
    expect(client.got.map(({ id }) => id)).toEqual(activities.map(({ id }) => id))
  })

  it('refreshes its token', async () => {
    const { token } = await server.generate()
    const client = connect({ token })
    await eventually(() => client.got.length === 1)
    const { line } = client as unknown as {
      line: {
        refreshToken(): { subscribe(next: (token: string) => void, error: (error: unknown) => void): void }
      }
    }
    const fresh = await new Promise<string>((resolve, reject) =>
      line.refreshToken().subscribe(resolve, reject),
    )
    expect((await server.call('POST', 'tokens/refresh', { token: fresh })).status).toBe(200)
  })

  it('sees an expired token and a deleted conversation for what they are', async () => {
    let now = new Date()
    const other = await startServer({ store, clock: () => now })
    const { token } = await other.generate()
    const client = connect({ token, webSocket: false, domain: other.url })
    await eventually(() => client.got.length === 1)
    now = new Date(now.getTime() + 31 * 60_000)
    await eventually(() => Number(client.line.connectionStatus$.getValue()) === EXPIRED)
    await other.close()

    const session = await server.start()
    const second = connect({ token: session.token, conversationId: session.conversationId, webSocket: false })
    await eventually(() => second.got.length === 1)
    const { remove } = await import('../../../src/channels/direct-line/conversations.ts')
    await remove(store, session.conversationId)
    await eventually(() => Number(second.line.connectionStatus$.getValue()) === ENDED)
  })
})
