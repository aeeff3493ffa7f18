import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { caseKey, conversationKey, leaseKey, waitingKey } from '../../src/bot/keys.ts'
import { Leases } from '../../src/bot/lease.ts'
import { Presence } from '../../src/bot/presence.ts'
import { Turns, type Delivery } from '../../src/bot/turns.ts'
import { caseSchema } from '../../src/interview/case.ts'
import type { Store } from '../../src/store/port.ts'
import { brain } from '../support/brain.ts'
import { memoryStore } from '../support/memory-store.ts'

const leasesOn = (store: Store, more: object = {}) =>
  new Leases({ store, owner: 'one', alone: () => false, holdMs: 400, waitMs: 5_000, ...more })

const lineOf = async (store: Store) => (await store.documents.get(waitingKey('c')))?.value ?? []

describe('a lease', () => {
  it('is not taken by a process that is alone', async () => {
    const store = memoryStore()
    expect(await leasesOn(store, { alone: () => true }).take('c')).toBeUndefined()
    expect(await store.documents.get(leaseKey('c'))).toBeUndefined()
  })

  it('goes back with the batch of the turn, and then to who waits', async () => {
    const store = memoryStore()
    const [one, other] = [leasesOn(store), leasesOn(store, { owner: 'other' })]
    const first = await one.take('c')
    const order: string[] = []
    const second = other.take('c').then((lease) => {
      order.push('second')
      return lease
    })
    await pause(60)
    order.push('first')
    const { ok } = await store.documents.put([{ key: caseKey('c'), expected: 0, value: 1 }, ...first!.fence])
    first!.handedBack()
    expect(ok).toBe(true)
    expect((await second)!.waited).toBe(true)
    expect(order).toEqual(['first', 'second'])
  })

  it('of a process that stands still is taken over, and its batch is refused when it wakes', async () => {
    const store = memoryStore()
    const paused = await leasesOn(store).take('c')
    const next = await leasesOn(store, { owner: 'other' }).take('c')
    expect(next!.waited).toBe(true)
    const late = await store.documents.put([{ key: caseKey('c'), expected: 0, value: 1 }, ...paused!.fence])
    expect(late).toEqual({ ok: false, conflicts: [leaseKey('c')] })
    await paused!.release()
    const inTime = await store.documents.put([{ key: caseKey('c'), expected: 0, value: 2 }, ...next!.fence])
    expect(inTime.ok).toBe(true)
  })

  it('is refused politely to who waits too long', async () => {
    const store = memoryStore()
    await leasesOn(store).take('c')
    const impatient = leasesOn(store, { holdMs: 60_000, waitMs: 80 })
    await expect(impatient.take('c')).rejects.toMatchObject({ code: 'store-conflict' })
  })

  it('goes to those who wait in the order in which they came, whichever process they wait in', async () => {
    const store = memoryStore()
    const processes = ['one', 'two', 'three'].map((owner) => leasesOn(store, { owner, holdMs: 60_000 }))
    const held = await processes[0]!.take('c')
    const order: number[] = []
    const waiting: Promise<void>[] = []
    for (let message = 0; message < 9; message += 1) {
      waiting.push(
        processes[(message * 2) % 3]!.take('c').then(async (lease) => {
          order.push(message)
          expect(lease!.waited).toBe(true)
          await lease!.release()
        }),
      )
      await expect.poll(async () => lineOf(store)).toHaveLength(message + 1)
    }
    await held!.release()
    await Promise.all(waiting)
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(await store.documents.getMany([leaseKey('c'), waitingKey('c')])).toEqual([undefined, undefined])
  })

  it('is not taken by who comes while somebody waits, also in the moment in which it is free', async () => {
    const store = memoryStore()
    await store.documents.put([{ key: waitingKey('c'), expected: 0, value: ['first'] }])
    const late = leasesOn(store, { waitMs: 100, holdMs: 60_000 }).take('c')
    await expect(late).rejects.toMatchObject({ code: 'store-conflict' })
    expect(await lineOf(store)).toEqual(['first'])
  })

  it('passes over a process that was killed while it waited, and one killed while it held', async () => {
    const store = memoryStore()
    await leasesOn(store, { owner: 'killed' }).take('c')
    await store.documents.put([{ key: waitingKey('c'), expected: 0, value: ['killed too'] }])
    const lease = await leasesOn(store, { holdMs: 60 }).take('c')
    await lease!.release()
    expect(await lineOf(store)).toEqual([])
  })

  it('that was given up is not waited for', async () => {
    const store = memoryStore()
    const held = await leasesOn(store).take('c')
    const impatient = leasesOn(store, { holdMs: 60_000, waitMs: 40 })
    await expect(impatient.take('c')).rejects.toMatchObject({ code: 'store-conflict' })
    expect(await lineOf(store)).toEqual([])
    await held!.release()
    expect((await leasesOn(store).take('c'))!.waited).toBe(false)
  })

  it('is handed back when the process ends', async () => {
    const store = memoryStore()
    const one = leasesOn(store)
    await one.take('a')
    await one.take('b')
    await one.handBack()
    expect(await store.documents.getMany([leaseKey('a'), leaseKey('b')])).toEqual([undefined, undefined])
  })
})

describe('turns of two processes', () => {
  let messages = 0
  const said = (text: string): Delivery => ({
    channelId: 'test',
    conversationId: 'c1',
    activityId: `a${(messages += 1)}`,
    locale: 'en',
    incoming: { kind: 'text', text },
  })

  /** A process whose turns take a while: the store is slow for it from the load on. */
  function slow(store: Store, ms: () => number): Store {
    const getMany: Store['documents']['getMany'] = async (keys) => {
      const found = await store.documents.getMany(keys)
      await pause(ms())
      return found
    }
    const { documents } = store
    return {
      ...store,
      documents: { getMany, get: (key) => documents.get(key), put: (writes) => documents.put(writes) },
    }
  }

  function processOn(store: Store, owner: string, ms: () => number = () => 0) {
    const own = slow(store, ms)
    return new Turns({
      store: own,
      brain,
      clock: () => new Date('2026-11-24T08:00:00Z'),
      leases: leasesOn(store, { owner }),
    })
  }
  const asked = async (store: Store) => {
    const found = await store.documents.get(caseKey(conversationKey('test', 'c1')))
    return caseSchema.parse(found?.value).answers
  }

  it('keep the order in which they came, also where the first is the slower', async () => {
    const store = memoryStore()
    const [one, other] = [processOn(store, 'one', () => 80), processOn(store, 'other')]
    await one.take(said('hello'))
    const first = one.take(said('website'))
    await pause(30)
    const second = other.take(said('mainland'))
    const [, { replies }] = await Promise.all([first, second])
    expect(await asked(store)).toMatchObject({ 'service.kind': 'website', 'server.region': 'mainland' })
    expect(replies.at(-1)?.input?.question).not.toBe('server.region')
  })

  it('a process that slept through its lease writes nothing old, and answers after all', async () => {
    const store = memoryStore()
    let sleeping = 0
    const [one, other] = [processOn(store, 'one', () => sleeping), processOn(store, 'other')]
    await one.take(said('hello'))
    sleeping = 900
    const slept = one.take(said('website'))
    await pause(50)
    sleeping = 0
    await other.take(said('an app'))
    const between = await asked(store)
    expect(between['service.kind']).toBe('app')
    await slept
    expect(Object.keys(await asked(store)).length).toBeGreaterThanOrEqual(Object.keys(between).length)
    expect(await store.documents.get(leaseKey(conversationKey('test', 'c1')))).toBeUndefined()
  })

  it('a message that comes to both at once is answered once', async () => {
    const store = memoryStore()
    const [one, other] = [processOn(store, 'one', () => 20), processOn(store, 'other', () => 20)]
    await one.take(said('hello'))
    const delivery = said('website')
    const [here, there] = await Promise.all([one.take(delivery), other.take(delivery)])
    expect(here.replies).toEqual(there.replies)
    const found = await store.documents.get(caseKey(conversationKey('test', 'c1')))
    expect(caseSchema.parse(found?.value).revision).toBe(1)
  })
})

describe('who shares the store', () => {
  const presenceOn = (store: Store) =>
    new Presence({ store, beatMs: 40, onError: (error) => expect.fail(String(error)) })

  it('is known: alone, together, alone again', async () => {
    const store = memoryStore()
    const [one, other] = [presenceOn(store), presenceOn(store)]
    expect(one.alone).toBe(false)
    await one.start()
    expect(one.alone).toBe(true)
    await other.start()
    expect([one.alone, other.alone]).toEqual([false, false])
    await other.stop()
    await expect.poll(() => one.alone).toBe(true)
    await one.stop()
    expect(await store.documents.get('processes')).toBeUndefined()
  })

  it('forgets a process that was killed', async () => {
    const store = memoryStore()
    await store.documents.put([{ key: 'processes', expected: 0, value: { dead: 7 } }])
    const one = presenceOn(store)
    await one.start()
    expect(one.alone).toBe(false)
    await expect.poll(() => one.alone, { timeout: 5_000 }).toBe(true)
    await one.stop()
  })

  it('is not alone while it cannot tell', async () => {
    const store = memoryStore()
    let broken = false
    const { documents } = store
    const put: Store['documents']['put'] = async (writes) => {
      if (broken) throw new Error('away')
      return documents.put(writes)
    }
    const shaky = { ...store, documents: { ...documents, put } }
    const one = new Presence({ store: shaky, beatMs: 40, onError: () => undefined })
    await one.start()
    broken = true
    await expect.poll(() => one.alone).toBe(false)
    broken = false
    await expect.poll(() => one.alone).toBe(true)
    await one.stop()
  })
})
