import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { caseKey } from '../../src/bot/keys.ts'
import { Reminders, type Reach } from '../../src/bot/reminders.ts'
import { reminderMessages } from '../../src/bot/turn/following/reminder-messages.ts'
import { dayInShanghai } from '../../src/bot/today.ts'
import type { Json, Store } from '../../src/store/port.ts'
import { openEmbeddedStore } from '../../src/store/embedded/open.ts'
import { brain } from '../support/brain.ts'
import { completed, Conversation, hangzhou, kit } from './talk.ts'

const HOUR = 3_600_000
const answers = completed(hangzhou)
const reach: Reach = { channelId: 'directline', conversationId: 'c1' }

let folder: string
let store: Store
let reminders: Reminders
let now: Date
/** What was handed to the channel, in order, with the time. */
let handed: { id: string; at: string; text: string }[]
let broken: { say: boolean; mark: boolean }
let errors: unknown[]

/** Everything a process holds goes; the folder stays. */
async function restart(): Promise<void> {
  await store?.close()
  store = await openEmbeddedStore({ path: folder })
  reminders = new Reminders({
    store: failing(store),
    clock: () => now,
    messagesOf: (current, at) => reminderMessages(brain, kit, current, at),
    onError: (error) => errors.push(error),
    say: async (_to, message, id) => {
      if (broken.say) throw new Error('the channel is down')
      handed.push({ id, at: now.toISOString(), text: JSON.stringify(message) })
    },
  })
}

/** A process that ends between the saying and the noting. */
function failing(real: Store): Store {
  const put: Store['documents']['put'] = async (writes) => {
    if (broken.mark && writes.some(({ key }) => key.startsWith('reminded:'))) throw new Error('killed')
    return real.documents.put(writes)
  }
  const { documents } = real
  return {
    ...real,
    queue: (name) => real.queue(name),
    documents: { put, get: (key) => documents.get(key), getMany: (keys) => documents.getMany(keys) },
  }
}

/** What a reader of an idempotent channel sees: each delivery id once. */
const seen = () => [...new Map(handed.map((one) => [one.id, one])).values()]

/** A turn that tells something, saved as the bot saves it. */
async function tell(talk: Conversation, text: string, { planned = true } = {}): Promise<void> {
  talk.now = now
  talk.say(text)
  await reminders.announce('case', reach)
  const found = await store.documents.get(caseKey('case'))
  const value = JSON.parse(JSON.stringify(talk.standing.case)) as Json
  await store.documents.put([{ key: caseKey('case'), expected: found?.version ?? 0, value }])
  if (planned) await reminders.plan('case')
}

/** Lets the clock run, an hour at a time, with the worker at work. */
async function until(end: string): Promise<void> {
  while (now < new Date(end)) {
    now = new Date(Math.min(now.getTime() + HOUR, Date.parse(end)))
    await reminders.runOnce()
  }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reminders-'))
  now = new Date('2026-11-24T02:00:00Z')
  handed = []
  errors = []
  broken = { say: false, mark: false }
  await restart()
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

describe('reminders', () => {
  it('come once each from submission to the badge, across restarts', async () => {
    const talk = new Conversation('en', answers)
    await tell(talk, 'I submitted it')
    await until('2026-11-26T02:00:00Z')
    expect(seen()).toEqual([])
    await restart()
    await until('2026-11-28T03:00:00Z')
    await tell(talk, 'I got the SMS')
    await restart()
    await until('2026-11-29T02:00:00Z')
    await tell(talk, 'SMS verified')
    await restart()
    await until('2026-12-29T02:00:00Z')
    await tell(talk, 'approved, number 浙ICP备2026001234号-1')
    await until('2026-12-30T02:00:00Z')
    await tell(talk, 'site is open')
    await restart()
    await until('2027-01-26T02:00:00Z')
    await tell(talk, 'footer done')
    await until('2027-02-02T02:00:00Z')
    await tell(talk, 'public security filed')
    await tell(talk, 'public security approved')
    await restart()
    await until('2027-04-01T00:00:00Z')
    expect(errors).toEqual([])
    expect(
      seen().map(({ id, at }) => [id.replace('reminder|case|', ''), dayInShanghai(new Date(at))]),
    ).toEqual([
      ['provider-review:2026-11-27:-1d', '2026-11-28'],
      ['sms-verification:2026-11-29T03:00:00.000Z:12h', '2026-11-28'],
      ['sms-verification:2026-11-29T03:00:00.000Z:3h', '2026-11-29'],
      ['administration-review:2026-12-25:-1d', '2026-12-26'],
      ['obligations.footer-number:2026-12-30:-1d', '2026-12-31'],
      ['obligations.public-security-filing:2027-01-29:14d', '2027-01-15'],
      ['obligations.public-security-filing:2027-01-29:3d', '2027-01-26'],
      ['obligations.public-security-filing:2027-01-29:0d', '2027-01-29'],
      ['obligations.public-security-badge:2027-03-04:7d', '2027-02-25'],
      ['obligations.public-security-badge:2027-03-04:0d', '2027-03-04'],
    ])
    expect(handed).toHaveLength(seen().length)
  })

  it('come late rather than never where nothing ran when they were due', async () => {
    const talk = new Conversation('zh-CN', answers)
    await tell(talk, '网站开通了')
    await tell(talk, '已提交')
    now = new Date('2026-12-24T02:00:00Z')
    await restart()
    await reminders.runOnce()
    await reminders.runOnce()
    expect(handed.map(({ id }) => id)).toEqual(['reminder|case|provider-review:2026-11-27:-1d'])
    expect(handed[0]?.text).toContain('提醒')
  })

  it('are not lost where the process ended right after the turn was saved', async () => {
    const talk = new Conversation('en', answers)
    await tell(talk, 'submitted', { planned: false })
    await restart()
    await until('2026-11-28T03:00:00Z')
    expect(seen()).toHaveLength(1)
  })

  it('are the same delivery again where the process ended before it was noted', async () => {
    const talk = new Conversation('en', answers)
    await tell(talk, 'submitted')
    broken.mark = true
    await until('2026-11-28T01:00:00Z')
    expect(handed.length).toBeGreaterThan(0)
    broken.mark = false
    await restart()
    await until('2026-11-29T01:00:00Z')
    expect(seen()).toHaveLength(1)
    const times = handed.length
    await until('2026-12-05T01:00:00Z')
    expect(handed).toHaveLength(times)
  })

  it('come after all where the channel was down', async () => {
    const talk = new Conversation('en', answers)
    await tell(talk, 'submitted')
    broken.say = true
    await until('2026-11-28T02:00:00Z')
    expect(errors.length).toBeGreaterThan(0)
    expect(handed).toEqual([])
    broken.say = false
    await until('2026-11-28T10:00:00Z')
    await restart()
    await until('2026-12-05T01:00:00Z')
    expect(handed).toHaveLength(1)
  })

  it('that a change made pointless do not come', async () => {
    const talk = new Conversation('en', answers)
    await tell(talk, 'submitted')
    await tell(talk, 'I got the SMS')
    await tell(talk, 'SMS verified')
    await tell(talk, 'rejected')
    await until('2027-01-30T00:00:00Z')
    expect(handed).toEqual([])
  })

  it('go with the case', async () => {
    const talk = new Conversation('en', answers)
    await tell(talk, 'submitted')
    const found = await store.documents.get(caseKey('case'))
    await store.documents.put([{ key: caseKey('case'), expected: found?.version ?? 0, value: undefined }])
    await until('2026-12-05T00:00:00Z')
    expect(handed).toEqual([])
    expect(await store.documents.getMany(['reach:{case}', 'reminded:{case}'])).toEqual([undefined, undefined])
  })

  it('miss no change made while they are being sent', async () => {
    const talk = new Conversation('en', answers)
    await tell(talk, 'submitted')
    now = new Date('2026-11-28T02:00:00Z')
    await Promise.all([reminders.runOnce(), tell(talk, 'I got the SMS'), reminders.runOnce()])
    await until('2026-11-29T04:00:00Z')
    expect(seen().filter(({ id }) => id.includes('sms-verification'))).toHaveLength(2)
  })
})
