import { afterEach, describe, expect, test, vi } from 'vitest'
import { DATA, decodeFrame, encodeFrame, type Frame } from '../../../src/channels/feishu/frame.ts'
import { Parts } from '../../../src/channels/feishu/parts.ts'
import { APP_ID, APP_SECRET, messageEvent, pressEvent, startFeishu } from '../../support/platforms/feishu.ts'
import { startDesk, type Desk } from './support.ts'

let desk: Desk | undefined
afterEach(async () => {
  await desk?.close()
  desk = undefined
})
const LONG = { timeout: 12_000 }
const connect = async (prepare: Parameters<typeof startDesk>[0] = {}): Promise<Desk> => {
  desk = await startDesk({ settings: { longConnection: true, webhook: undefined }, ...prepare })
  await vi.waitFor(() => expect(desk?.feishu.sockets.size).toBe(1), LONG)
  return desk
}
const frame = (more: Partial<Frame> = {}): Frame => ({
  sequence: 1n,
  log: 2n,
  service: 3n,
  method: DATA,
  headers: new Map([['type', 'event']]),
  payload: Buffer.from('{}'),
  ...more,
})

test('an event over the connection is kept, acknowledged and answered; sent again, answered once', async () => {
  const { feishu, texts, send } = await connect()
  feishu.push('m1', messageEvent('om_1', { text: 'one' }))
  feishu.push('m2', messageEvent('om_1', { text: 'one' }))
  feishu.push('m3', messageEvent('om_2', { text: '二'.repeat(2_000) }), 5)
  feishu.push('m4', pressEvent('p1', { command: 'claim 7K2M', thread: 'om_root' }), 1, 'card')
  feishu.push('m5', { schema: '2.0', header: { event_type: 'else' } })
  await vi.waitFor(() => expect(texts()).toHaveLength(3), LONG)
  expect([...texts()].sort()).toEqual(['heard claim 7K2M', 'heard one', `heard ${'二'.repeat(2_000)}`])
  await vi.waitFor(() => expect(feishu.answered).toHaveLength(5), LONG)
  expect(new Set(feishu.answered.map(({ code }) => code))).toEqual(new Set([200]))
  // The webhook is not there without its keys.
  expect((await send(messageEvent('om_3'))).status).toBe(404)
}, 15_000)

test('pings as often as the platform asks', async () => {
  const { feishu } = await connect({ prepare: (one) => (one.pingSeconds = 1) })
  await vi.waitFor(() => expect(feishu.pings.length).toBeGreaterThan(1), LONG)
  expect(new Set(feishu.pings)).toEqual(new Set(['ping 33554678']))
}, 15_000)

test('a connection that ends is followed by another; frames that make no sense by nothing', async () => {
  const { feishu, texts } = await connect()
  const [first] = feishu.sockets
  first?.send('not a frame')
  first?.send(Buffer.from([0x42, 0xff, 0xff, 0xff, 0xff, 0x0f]))
  first?.send(encodeFrame(frame({ payload: Buffer.from('{not json') })))
  first?.send(encodeFrame(frame({ headers: new Map([['type', 'strange']]) })))
  first?.close()
  await vi.waitFor(() => expect(feishu.sockets.has(first!)).toBe(false), LONG)
  await vi.waitFor(() => expect(feishu.sockets.size).toBe(1), LONG)
  const [second] = feishu.sockets
  second?.terminate()
  await vi.waitFor(() => expect(feishu.sockets.has(second!)).toBe(false), LONG)
  await vi.waitFor(() => expect(feishu.sockets.size).toBe(1), LONG)
  feishu.push('m1', messageEvent('om_1', { text: 'still here' }))
  await vi.waitFor(() => expect(texts()).toEqual(['heard still here']), LONG)
  expect(feishu.answered).toEqual([{ id: 'm1', code: 200 }])
}, 30_000)

test('an event that cannot be kept is answered as failed, and is answered when it comes again', async () => {
  let away = true
  const { feishu, texts, logged } = await connect({
    wrap: (store) => ({
      ...store,
      documents: new Proxy(store.documents, {
        get: (target, property) => {
          if (property === 'get' && away) return () => Promise.reject(new Error('the store is away'))
          const value: unknown = Reflect.get(target, property)
          return typeof value === 'function' ? (value.bind(target) as unknown) : value
        },
      }),
      logs: store.logs,
      queue: (name) => store.queue(name),
      ready: () => store.ready(),
      close: () => store.close(),
    }),
  })
  feishu.push('m1', messageEvent('om_1', { text: 'kept' }))
  await vi.waitFor(() => expect(feishu.answered).toEqual([{ id: 'm1', code: 500 }]), LONG)
  expect(logged.join('\n')).toContain('an event was not kept')
  away = false
  feishu.push('m2', messageEvent('om_1', { text: 'kept' }))
  await vi.waitFor(() => expect(texts()).toEqual(['heard kept']), LONG)
}, 15_000)

test('refused credentials are told, without them', async () => {
  desk = await startDesk({ settings: { longConnection: true, appSecret: 'wrong-secret-0000' } })
  const { logged } = desk
  await vi.waitFor(() => expect(logged.join('\n')).toContain('code 514'), LONG)
  expect(logged.join('\n')).not.toContain('wrong-secret')
})

describe('frames', () => {
  test('come back as they were, numbers of 64 bits included', () => {
    const whole = frame({
      log: 2n ** 63n + 1n,
      headers: new Map([
        ['type', 'event'],
        ['键', '值'],
      ]),
      rest: [{ number: 9, bytes: Buffer.from('log') }],
    })
    expect(decodeFrame(encodeFrame(whole))).toEqual(whole)
  })

  test('cut anywhere are none, or one with less in it', () => {
    const bytes = encodeFrame(frame())
    for (let at = 0; at < bytes.length; at += 1) {
      const less = decodeFrame(bytes.subarray(0, at))
      if (less) expect(less.payload).toHaveLength(0)
    }
  })
})

describe('parts', () => {
  const part = (id: string, sum: number | string, seq: number | string, text: string) =>
    frame({
      headers: new Map([
        ['message_id', id],
        ['sum', String(sum)],
        ['seq', String(seq)],
      ]),
      payload: Buffer.from(text),
    })

  test('in any order and mixed become whole', () => {
    const parts = new Parts()
    expect(parts.add(part('a', 2, 1, 'A2'))).toBeUndefined()
    expect(parts.add(part('b', 2, 0, 'B1'))).toBeUndefined()
    expect(parts.add(part('a', 2, 0, 'A1'))?.toString()).toBe('A1A2')
    expect(parts.add(part('b', 2, 1, 'B2'))?.toString()).toBe('B1B2')
  })

  test.each([
    [0, 0],
    [2, 2],
    ['x', 0],
    [4_294_967_295, 0],
    [2, -1],
    [65, 0],
  ])('%s of which this is %s is nothing', (sum, seq) => {
    expect(new Parts().add(part('a', sum, seq, 'x'))).toBeUndefined()
  })

  test('that are never followed by the rest give way', () => {
    const parts = new Parts()
    parts.add(part('first', 2, 0, 'x'))
    for (let at = 0; at < 40; at += 1) parts.add(part(`m${at}`, 2, 0, 'x'))
    expect(parts.add(part('first', 2, 1, 'y'))).toBeUndefined()
    expect(parts.add(part('m39', 2, 1, 'y'))?.toString()).toBe('xy')
    parts.add(part('large', 3, 0, 'x'.repeat(1024 * 1024)))
    parts.add(part('large', 3, 1, 'x'.repeat(1024 * 1024 + 1)))
    expect(parts.add(part('large', 3, 2, 'y'))).toBeUndefined()
  })
})

test("the platform's own client is at home with the stand-in", async () => {
  interface Sdk {
    readonly WSClient: new (options: object) => {
      start(options: object): Promise<void>
      close(options: object): void
    }
    readonly EventDispatcher: new (options: object) => {
      register(handlers: Record<string, (data: unknown) => Promise<unknown>>): object
    }
  }
  // By a name that is no literal: its types are larger than the whole project.
  const name: string = '@larksuiteoapi/node-sdk'
  const sdk = (await import(name)) as Sdk
  const feishu = await startFeishu()
  const silent = Object.fromEntries(
    ['error', 'warn', 'info', 'debug', 'trace'].map((level) => [level, () => undefined]),
  )
  const heard: unknown[] = []
  const eventDispatcher = new sdk.EventDispatcher({ logger: silent }).register({
    'im.message.receive_v1': async (data) => void heard.push(data),
  })
  const client = new sdk.WSClient({
    appId: APP_ID,
    appSecret: APP_SECRET,
    domain: feishu.apiUrl,
    logger: silent,
  })
  try {
    await client.start({ eventDispatcher })
    await vi.waitFor(() => expect(feishu.sockets.size).toBe(1), LONG)
    await vi.waitFor(() => expect(feishu.pings).toEqual(['ping 33554678']), LONG)
    feishu.push('m1', messageEvent('om_1', { text: 'official' }), 3)
    await vi.waitFor(() => expect(feishu.answered).toEqual([{ id: 'm1', code: 200 }]), LONG)
    expect(heard).toMatchObject([{ message: { content: '{"text":"official"}' } }])
  } finally {
    client.close({ force: true })
    await feishu.close()
  }
}, 30_000)
