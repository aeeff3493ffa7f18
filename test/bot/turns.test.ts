import { describe, expect, it } from 'vitest'
import { Turns, type Delivery } from '../../src/bot/turns.ts'
import { caseKey, conversationKey } from '../../src/bot/keys.ts'
import { caseSchema } from '../../src/interview/case.ts'
import type { Message } from '../../src/rendering/message.ts'
import type { Store } from '../../src/store/port.ts'
import { brain } from '../support/brain.ts'
import { memoryStore } from '../support/memory-store.ts'

let messages = 0
const said = (text: string, more: Partial<Delivery> = {}): Delivery => ({
  channelId: 'test',
  conversationId: 'c1',
  activityId: `a${(messages += 1)}`,
  locale: 'en',
  incoming: { kind: 'text', text },
  ...more,
})
const hello = (more: Partial<Delivery> = {}): Delivery => said('', { incoming: { kind: 'hello' }, ...more })
const turnsOn = (store: Store, more: object = {}) =>
  new Turns({ store, brain, clock: () => new Date('2026-11-24T08:00:00Z'), ...more })

async function answersOf(store: Store, conversationId = 'c1') {
  const found = await store.documents.get(caseKey(conversationKey('test', conversationId)))
  return found && caseSchema.parse(found.value)
}

function question(replies: readonly Message[]): string | undefined {
  return replies.at(-1)?.input?.question
}

describe('a turn', () => {
  it('is saved before its replies are known, and goes on from there', async () => {
    const store = memoryStore()
    const turns = turnsOn(store)
    await turns.take(hello())
    const { replies } = await turns.take(said('website'))
    expect(question(replies)).toBe('server.region')
    expect((await answersOf(store))?.answers).toEqual({ 'service.kind': 'website' })
  })

  it('redelivered gets the same replies again, and nothing happens twice', async () => {
    const store = memoryStore()
    const turns = turnsOn(store)
    await turns.take(hello())
    const delivery = said('website')
    const first = await turns.take(delivery)
    const revision = (await answersOf(store))?.revision
    const again = await turns.take(delivery)
    expect(again.replies).toEqual(first.replies)
    expect((await answersOf(store))?.revision).toBe(revision)
  })

  it('tells whether its replies reached the channel', async () => {
    const store = memoryStore()
    const turns = turnsOn(store)
    const delivery = hello()
    const first = await turns.take(delivery)
    expect(first.delivered).toBe(false)
    expect((await turns.take(delivery)).delivered).toBe(false)
    await first.markDelivered()
    expect((await turns.take(delivery)).delivered).toBe(true)
  })

  it('keeps the replies of the last twenty turns only', async () => {
    const store = memoryStore()
    const turns = turnsOn(store)
    const first = hello()
    await turns.take(first)
    for (let at = 0; at < 25; at += 1) await turns.take(said('help'))
    const { replies } = await turns.take(first)
    // Long forgotten, so it is a turn of its own: the same greeting, with the question open now.
    expect(question(replies)).toBe('service.kind')
  })

  it('loses no answer when many come at once, in one process or in two', async () => {
    const store = memoryStore()
    const processes = [turnsOn(store), turnsOn(store)]
    await processes[0]!.take(hello())
    const taken = await Promise.all(
      Array.from({ length: 16 }, (_, at) => processes[at % 2]!.take(said(at % 2 ? 'website' : 'help'))),
    )
    expect(taken).toHaveLength(16)
    expect((await answersOf(store))?.answers['service.kind']).toBe('website')
  })

  it('keeps conversations apart', async () => {
    const store = memoryStore()
    const turns = turnsOn(store)
    await turns.take(hello())
    await turns.take(hello({ conversationId: 'c2' }))
    await turns.take(said('website'))
    await turns.take(said('app', { conversationId: 'c2' }))
    expect((await answersOf(store))?.answers).toEqual({ 'service.kind': 'website' })
    expect((await answersOf(store, 'c2'))?.answers).toMatchObject({ 'service.kind': 'app' })
  })

  it('that fails changes nothing', async () => {
    const store = memoryStore()
    const turns = turnsOn(store)
    await turns.take(hello())
    await turns.take(said('website'))
    const before = await answersOf(store)
    const broken: Store = {
      ...store,
      documents: { ...store.documents, put: () => Promise.reject(new Error('disk on fire')) },
    }
    await expect(turnsOn(broken).take(said('mainland'))).rejects.toThrow('disk on fire')
    expect(await answersOf(store)).toEqual(before)
  })

  it('gives up politely when it always loses the race', async () => {
    const store = memoryStore()
    const lost: Store = {
      ...store,
      documents: { ...store.documents, put: async () => ({ ok: false, conflicts: ['case'] }) },
    }
    await expect(turnsOn(lost).take(hello())).rejects.toMatchObject({ code: 'store-conflict' })
  })

  it('greets somebody who writes first, in the language they write in', async () => {
    const turns = turnsOn(memoryStore())
    const chinese = await turns.take(said('你好', { conversationId: 'zh', locale: undefined }))
    expect(chinese.replies.map(({ language }) => language)).toEqual(['zh-CN', 'zh-CN'])
    const english = await turns.take(said('a website', { conversationId: 'en', locale: undefined }))
    expect(english.replies[0]?.language).toBe('en')
    expect(question(english.replies)).toBe('server.region')
  })
})

describe('delete my data', () => {
  it('takes effect at once, after a confirmation, and tells the channel', async () => {
    const store = memoryStore()
    const forgotten: Delivery[] = []
    const turns = turnsOn(store, { onForget: async (delivery: Delivery) => void forgotten.push(delivery) })
    await turns.take(hello())
    await turns.take(said('website'))
    await turns.take(said('delete my data'))
    expect(await answersOf(store)).toBeDefined()
    const { replies } = await turns.take(said('yes'))
    expect(replies).toHaveLength(1)
    expect(await answersOf(store)).toBeUndefined()
    expect(forgotten).toHaveLength(1)
  })

  it('is not done on anything but a yes', async () => {
    const store = memoryStore()
    const turns = turnsOn(store)
    await turns.take(hello())
    await turns.take(said('delete my data'))
    await turns.take(said('website'))
    await turns.take(said('yes'))
    expect((await answersOf(store))?.answers).toMatchObject({ 'service.kind': 'website' })
  })
})
