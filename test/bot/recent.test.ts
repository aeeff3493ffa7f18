import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Recent } from '../../src/bot/recent.ts'
import { Turns } from '../../src/bot/turns.ts'
import type { Store } from '../../src/store/port.ts'
import { keyringSchema, newMasterKey } from '../../src/trust/keyring.ts'
import { sealStore } from '../../src/trust/sealed-store.ts'
import { brain, TODAY } from '../support/brain.ts'
import { memoryStore } from '../support/memory-store.ts'

describe('what was read or written lately', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is given for its version only', () => {
    const recent = new Recent<string>()
    recent.set('key', 3, 'three')
    expect(recent.get('key', 3)).toBe('three')
    expect(recent.get('key', 4)).toBeUndefined()
    expect(recent.get('other', 3)).toBeUndefined()
    recent.delete('key')
    expect(recent.get('key', 3)).toBeUndefined()
  })

  it('is gone when nobody asked for it for a while, and leaves no timer', () => {
    const recent = new Recent<string>()
    recent.set('asked', 1, 'a')
    recent.set('left', 1, 'b')
    vi.advanceTimersByTime(90_000)
    expect(recent.get('asked', 1)).toBe('a')
    vi.advanceTimersByTime(60_000)
    expect(recent.get('left', 1)).toBeUndefined()
    expect(recent.get('asked', 1)).toBe('a')
    vi.advanceTimersByTime(300_000)
    expect(recent.get('asked', 1)).toBeUndefined()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is no more than so many', () => {
    const recent = new Recent<number>()
    for (let at = 0; at < 5_000; at += 1) recent.set(`k${at}`, 1, at)
    const kept = Array.from({ length: 5_000 }, (_, at) => recent.get(`k${at}`, 1)).filter(Boolean)
    expect(kept.length).toBeLessThanOrEqual(2_000)
    expect(recent.get('k4999', 1)).toBe(4_999)
  })
})

describe('a turn', () => {
  const keyring = keyringSchema.parse(newMasterKey())
  let messages = 0
  const say = (text: string) => ({
    ...{ channelId: 'x', conversationId: 'c', activityId: `a${(messages += 1)}`, locale: 'en' },
    incoming: { kind: 'text', text } as const,
  })
  const turnsOn = (store: Store) =>
    new Turns({ store, brain, clock: () => new Date(`${TODAY}T12:00:00+08:00`) })

  it('sees what another process wrote meanwhile', async () => {
    const shared = memoryStore()
    const [one, other] = [turnsOn(sealStore(shared, keyring)), turnsOn(sealStore(shared, keyring))]
    await one.take(say('hello'))
    await one.take(say('website'))
    await other.take(say('Mainland China'))
    const { replies } = await one.take(say('Alibaba Cloud'))
    expect(replies.at(-1)?.input?.question).toBe('entity.kind')
    expect((await one.caseIn({ channelId: 'x', conversationId: 'c' }))?.answers).toEqual(
      (await other.caseIn({ channelId: 'x', conversationId: 'c' }))?.answers,
    )
  })

  it('goes on from what it wrote as from what it reads back', async () => {
    const shared = memoryStore()
    const one = turnsOn(sealStore(shared, keyring))
    for (const text of ['hello', 'website', 'Mainland China', 'back', 'start over', 'yes', 'website'])
      await one.take(say(text))
    const place = { channelId: 'x', conversationId: 'c' }
    const read = await turnsOn(sealStore(shared, keyring)).caseIn(place)
    expect(JSON.stringify(await one.caseIn(place))).toBe(JSON.stringify(read))
  })

  it('asks the store once and writes once, also when replies of old turns go', async () => {
    const store = memoryStore()
    const reads = vi.spyOn(store.documents, 'getMany')
    const more = vi.spyOn(store.documents, 'get')
    const writes = vi.spyOn(store.documents, 'put')
    const turns = turnsOn(store)
    for (let turn = 0; turn < 30; turn += 1) await turns.take(say(turn % 2 === 0 ? 'website' : 'back'))
    expect([reads, more, writes].map(({ mock }) => mock.calls.length)).toEqual([30, 0, 30])
    const gone = writes.mock.calls.flatMap(([batch]) => batch.filter(({ value }) => value === undefined))
    expect(gone.length).toBe(10)
  })
})
