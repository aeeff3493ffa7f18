import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { TurnContext, type ConversationReference } from 'botbuilder'
import type { Logic } from '../../../src/channels/in-process-adapter.ts'
import { MessagingAdapter } from '../../../src/channels/messaging/adapter.ts'
import { Refused, TryLater } from '../../../src/channels/messaging/delivery-error.ts'
import { Metrics } from '../../../src/server/metrics.ts'
import type { Store } from '../../../src/store/port.ts'
import { FakePlatform, inbound, ownStore } from './support.ts'

let own: Awaited<ReturnType<typeof ownStore>>
let platform: FakePlatform
const adapters: MessagingAdapter[] = []

beforeEach(async () => {
  own = await ownStore()
  platform = new FakePlatform()
})
afterEach(async () => {
  for (const adapter of adapters.splice(0)) await adapter.stop()
  await own.remove()
})

const echo: Logic = async (context: TurnContext) => {
  await context.sendActivity(`heard ${context.activity.text}`)
}

function adapterOn(
  store: Store,
  logic: Logic = echo,
  dead: unknown[] = [],
  clock = () => new Date(),
): MessagingAdapter {
  const adapter = new MessagingAdapter({
    platform,
    store,
    logic,
    clock,
    onError: () => undefined,
    onDead: async (error) => void dead.push(error),
  })
  adapters.push(adapter)
  return adapter
}

const texts = () => platform.sent.map(({ payload }) => payload)

describe('what comes in', () => {
  test('is answered where it was said', async () => {
    const adapter = adapterOn(own.store)
    await adapter.accept(inbound('1', { thread: 'TH' }))
    await vi.waitFor(() => expect(texts()).toEqual(['heard text of 1']))
    expect(platform.sent[0]?.target).toMatchObject({ tenant: 'T1', chat: 'C1', thread: 'TH' })
  })

  test('delivered again, at once and later, is answered once', async () => {
    const adapter = adapterOn(own.store)
    await Promise.all([1, 2, 3].map(() => adapter.accept(inbound('same'))))
    await vi.waitFor(() => expect(texts()).toHaveLength(1))
    await adapter.accept(inbound('same'))
    await adapter.accept(inbound('another'))
    await vi.waitFor(() => expect(texts()).toEqual(['heard text of same', 'heard text of another']))
  })

  test('the same id in another chat is another message', async () => {
    const adapter = adapterOn(own.store)
    await adapter.accept(inbound('1'))
    await adapter.accept(inbound('1', { chat: 'C2' }))
    await adapter.accept(inbound('1', { tenant: 'T2' }))
    await vi.waitFor(() => expect(texts()).toHaveLength(3))
  })

  test('may be what the bot speaks first from later, more than once while the platform is away', async () => {
    let reference: Partial<ConversationReference> = {}
    const adapter = adapterOn(own.store, async ({ activity }) => {
      const channelData: unknown = activity.channelData
      reference = Object.assign(TurnContext.getConversationReference(activity), { channelData })
    })
    adapter.start()
    await adapter.accept(inbound('1'))
    await vi.waitFor(() => expect(reference.activityId).toBeDefined())
    let away = 1
    platform.failing = () => (away-- > 0 ? new TryLater('slack', 'away', 20) : undefined)
    for (const text of ['one', 'two'])
      await adapter.continueConversation(
        reference,
        async (context) => void (await context.sendActivity(text)),
      )
    await vi.waitFor(() => expect(texts()).toEqual(['one', 'two']), { timeout: 10_000 })
    expect(new Set(platform.sent.map(({ key }) => key)).size).toBe(2)
  })

  test('acknowledged but not worked off when the process ends, is worked off by the next', async () => {
    const first = adapterOn(own.store, async () => {
      throw new Error('the process ends here')
    })
    await first.accept(inbound('1'))
    await first.stop()
    adapters.splice(0)
    const store = await own.reopen()
    // What failed is tried again after half a minute; the clock of the next process is ahead by more.
    const next = new MessagingAdapter({
      platform,
      store,
      logic: echo,
      clock: () => new Date(Date.now() + 120_000),
      onError: () => undefined,
      onDead: async () => undefined,
    })
    adapters.push(next)
    next.start()
    await vi.waitFor(() => expect(texts()).toEqual(['heard text of 1']), { timeout: 5_000 })
  })

  test('of one conversation is worked off in order, of others meanwhile', async () => {
    const heard: string[] = []
    let free: () => void = () => undefined
    const held = new Promise<void>((resolve) => (free = resolve))
    const adapter = adapterOn(own.store, async ({ activity }) => {
      if (activity.text === 'text of a1') await held
      heard.push(activity.text)
    })
    await adapter.accept(inbound('a1'))
    await adapter.accept(inbound('a2'))
    await adapter.accept(inbound('b1', { chat: 'other' }))
    await vi.waitFor(() => expect(heard).toEqual(['text of b1']))
    free()
    await vi.waitFor(() => expect(heard).toEqual(['text of b1', 'text of a1', 'text of a2']))
  })

  test('has ids that those of another organisation can never equal', async () => {
    const seen: (string | undefined)[] = []
    const adapter = adapterOn(own.store, async ({ activity }) => void seen.push(activity.conversation.id))
    await adapter.accept(inbound('1', { tenant: 'a|b', chat: 'c' }))
    await adapter.accept(inbound('1', { tenant: 'a', chat: 'b|c' }))
    await vi.waitFor(() => expect(new Set(seen).size).toBe(2))
  })
})

describe('what goes out', () => {
  const say = (...lines: string[]): Logic => {
    return async (context) => {
      for (const line of lines) await context.sendActivity(line)
    }
  }

  test('keeps its order behind a message that has to wait', async () => {
    let away = 2
    platform.failing = () => (away-- > 0 ? new TryLater('slack', 'busy', 50) : undefined)
    const adapter = adapterOn(own.store, say('one', 'two', 'three'))
    adapter.start()
    await adapter.accept(inbound('1'))
    await vi.waitFor(() => expect(texts()).toEqual(['one', 'two', 'three']), { timeout: 9_000 })
  }, 15_000)

  test('tells how long the oldest waits that is not taken, and nothing once it is', async () => {
    let ahead = 0
    platform.failing = () => (ahead === 0 ? new TryLater('slack', 'away', 50) : undefined)
    const adapter = adapterOn(own.store, say('one', 'two'), [], () => new Date(Date.now() + ahead))
    const metrics = new Metrics()
    metrics.watchOutbox('slack', () => adapter.outboxAgeMs())
    const age = async () =>
      Number(/outbox_age_seconds{channel="slack"} ([\d.]+)/.exec(await metrics.registry.metrics())?.[1])
    expect(await age()).toBe(0)
    adapter.start()
    await adapter.accept(inbound('1'))
    await vi.waitFor(async () => expect(await age()).toBeGreaterThan(0))
    ahead = 600_000
    expect(await age()).toBeGreaterThanOrEqual(600)
    await vi.waitFor(() => expect(texts()).toEqual(['one', 'two']), { timeout: 9_000 })
    await vi.waitFor(async () => expect(await age()).toBe(0))
  }, 15_000)

  test('has a key of its own for each message, and another in another turn', async () => {
    const adapter = adapterOn(own.store, say('one', 'two'))
    await adapter.accept(inbound('1'))
    await adapter.accept(inbound('2'))
    await vi.waitFor(() => expect(new Set(platform.sent.map(({ key }) => key)).size).toBe(4))
  })

  test('that is refused is given up and told, and the next goes out', async () => {
    platform.failing = ({ payload }) =>
      payload === 'one' ? new Refused('slack', 'no such chat', 'Invite the bot.') : undefined
    const dead: unknown[] = []
    const adapter = adapterOn(own.store, say('one', 'two'), dead)
    await adapter.accept(inbound('1'))
    await vi.waitFor(() => expect(texts()).toEqual(['two']))
    expect(dead).toHaveLength(1)
  })

  test('not sent when the process ends, is sent by the next', async () => {
    platform.failing = () => new TryLater('slack', 'away', 1)
    const first = adapterOn(own.store, say('one', 'two'))
    await first.accept(inbound('1'))
    await vi.waitFor(async () => expect(await own.store.queue('outbox:slack').claim(0, 1, 1)).toEqual([]))
    await new Promise((resolve) => setTimeout(resolve, 100))
    await first.stop()
    adapters.splice(0)
    platform.failing = () => undefined
    const next = adapterOn(await own.reopen(), echo)
    next.start()
    await vi.waitFor(() => expect(texts()).toEqual(['one', 'two']), { timeout: 9_000 })
  }, 15_000)
})
