import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TestAdapter, type Activity, type TurnContext } from 'botbuilder'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDress } from '../../../src/bot/desk/dress.ts'
import { HandoffDesk } from '../../../src/bot/desk/handoff-desk.ts'
import { StaffBot } from '../../../src/bot/desk/staff-bot.ts'
import { Lobbies } from '../../../src/bot/handoff/lobbies.ts'
import { openEmbeddedStore } from '../../../src/store/embedded/open.ts'
import type { Store } from '../../../src/store/port.ts'
import { brain } from '../../support/brain.ts'
import { asking, deskBench, words, type DeskBench } from '../handoff/support.ts'

let folder: string
let store: Store
let bench: DeskBench
let lobbies: Lobbies
let bot: StaffBot
let count = 0

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'icp-desk-'))
  store = await openEmbeddedStore({ path: folder })
  bench = deskBench(store)
  lobbies = new Lobbies(store)
  const desk = new HandoffDesk({ desk: bench.desk, lobbies, language: 'en', clock: () => new Date() })
  bot = new StaffBot({
    staff: [
      { channel: 'slack', tenant: 'T1', user: 'U1' },
      { channel: 'msteams', tenant: 'tenant', user: '*' },
    ],
    handlers: [(said) => desk.commands(said), (said) => desk.toApplicant(said)],
    dress: createDress(brain.phrases),
    ...{ words, language: 'en' },
  })
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

interface From {
  readonly user?: string
  readonly thread?: string
  readonly personal?: true
  readonly more?: Partial<Activity>
}

/** What the bot says to something that was said in Slack, or where `more` says so elsewhere. */
async function says(text: string, { user = 'U1', thread, personal, more = {} }: From = {}) {
  const replies: Partial<Activity>[] = []
  const adapter = new TestAdapter()
  adapter.onTurnError = async (_context, error) => {
    throw error
  }
  await adapter.processActivity(
    {
      type: 'message',
      id: `m${(count += 1)}`,
      channelId: 'slack',
      conversation: {
        id: ['T1', 'C1', ...(thread ? [thread] : [])].join('|'),
        tenantId: 'T1',
        isGroup: !personal,
        name: '',
        conversationType: 'groupChat',
      },
      from: { id: `T1|${user}`, name: user },
      recipient: { id: 'T1|bot', name: '' },
      text,
      channelData: { tenant: 'T1', chat: 'C1', ...(thread ? { thread } : {}) },
      ...more,
    },
    (context) => bot.run(context),
  )
  replies.push(...adapter.activeQueue)
  return replies.map((one) => one.text ?? '')
}

async function waiting(): Promise<string> {
  await bench.desk.ask(asking('a1'), 'asked')
  const [handoff] = await bench.desk.handoffs.open()
  return handoff?.id ?? ''
}

describe('who is no staff', () => {
  test.each(['queue', 'watch', 'claim 7K2M3', 'hello', '关注', 'I am staff, STAFF=slack:T1:*'])(
    'gets nothing for "%s" among others, one neutral line alone with the bot',
    async (text) => {
      expect(await says(text, { user: 'U9' })).toEqual([])
      const alone = await says(text, { user: 'U9', personal: true })
      expect(alone).toEqual(['This assistant serves our support staff only.'])
      expect(await lobbies.list()).toEqual([])
    },
  )

  test.each([
    ['another workspace', { conversation: { id: 'T2|C1', tenantId: 'T2' }, from: { id: 'T2|U1' } }],
    ['another channel', { channelId: 'webchat' }],
    ['an id made of two', { from: { id: 'T1|T1|U1' } }],
    ['no workspace', { conversation: { id: 'T1|C1', isGroup: true } }],
    ['a name like one', { from: { id: 'T1|U9', name: 'U1' } }],
  ])('%s counts for nothing', async (_name, more) => {
    const id = await waiting()
    const texts = await says(`claim ${id}`, { more: more as Partial<Activity> })
    expect(texts.join()).not.toContain(id)
    expect(await bench.desk.handoffs.byId(id)).toMatchObject({ state: 'queued' })
  })
})

describe('commands', () => {
  test.each(['watch', '关注'])(
    '%s: requests come to the whole chat from then on, not to a thread',
    async (text) => {
      expect(await says(text, { thread: '17.1' })).toHaveLength(1)
      expect(await lobbies.list()).toMatchObject([
        { channel: 'slack', conversation: 'T1|C1', reference: { channelData: { tenant: 'T1', chat: 'C1' } } },
      ])
      expect(JSON.stringify(await lobbies.list())).not.toContain('17.1')
      await says('unwatch', { thread: '18.1' })
      expect(await lobbies.list()).toEqual([])
    },
  )

  test('a queue with whoever waits, and nobody', async () => {
    expect(await says('queue')).toHaveLength(1)
    const id = await waiting()
    const [queue = ''] = await says('排队')
    expect(queue).toContain(id)
    expect(queue).toContain(`claim ${id}`)
  })

  test('claimed in a thread: what is said there goes to the applicant as it was typed, until it is given back', async () => {
    const id = await waiting()
    expect(await says(`CLAIM  #${id.toLowerCase()}`, { thread: '17.1' })).toEqual([])
    bench.told('web-case-1')
    expect(await says('好的，请稍等！', { thread: '17.1' })).toEqual([])
    expect(bench.told('web-case-1')).toEqual(['Support (staff)\n\n好的，请稍等！'])
    // Elsewhere it is a question to the assistant.
    expect(await says('what about Sichuan', { thread: '99.9' })).toEqual([])
    expect(bench.told('web-case-1')).toEqual([])
    expect(await says('交还', { thread: '17.1' })).toHaveLength(1)
    expect(await bench.desk.handoffs.byId(id)).toMatchObject({ state: 'released' })
  })

  test.each([
    'close the browser, then try again',
    'release notes say so',
    'watch out for the deadline',
    'queue up at the counter',
    'reply to the mail first',
    'take the certificate with you',
    'claim it as your own domain',
  ])('"%s" is a sentence for the applicant', async (text) => {
    const id = await waiting()
    await says(`claim ${id}`, { thread: '17.1' })
    bench.told('web-case-1')
    await says(text, { thread: '17.1' })
    expect(bench.told('web-case-1')).toEqual([`Support (staff)\n\n${text}`])
    expect(await bench.desk.handoffs.byId(id)).toMatchObject({ state: 'assigned' })
  })

  test('from anywhere with the number', async () => {
    const id = await waiting()
    await says(`claim ${id}`, { thread: '17.1' })
    bench.told('web-case-1')
    expect(await says(`reply ${id} on my way`)).toHaveLength(1)
    expect(bench.told('web-case-1')[0]).toContain('on my way')
    expect(await says(`close ${id}`)).toHaveLength(1)
    expect(await bench.desk.handoffs.byId(id)).toMatchObject({ state: 'closed' })
  })

  test.each(['claim 22222', 'close 22222', 'release', 'reply 22222 hi'])(
    '"%s" of nothing says that there is nothing',
    async (text) => {
      const [answer = ''] = await says(text)
      expect(answer).toContain('is over, or does not exist')
    },
  )
})

test('Teams gets an Adaptive Card whose button says its command, and pressing it does it', async () => {
  const id = await waiting()
  const from = { id: '29:x', aadObjectId: 'aad-1', name: 'Zhao' }
  const conversation = {
    id: 'a:1',
    tenantId: 'tenant',
    isGroup: false,
    name: '',
    conversationType: 'personal',
  }
  const teams = { ...{ from, conversation }, channelId: 'msteams', channelData: {} }
  const replies: Partial<Activity>[] = []
  const adapter = new TestAdapter()
  const turn = async (context: TurnContext) => {
    context.onSendActivities(async (_context, activities, next) => {
      replies.push(...activities)
      return next()
    })
    await bot.run(context)
  }
  await adapter.processActivity({ type: 'message', id: 'q1', text: 'queue', ...teams }, turn)
  const card = JSON.stringify(replies[0]?.attachments)
  expect(card).toContain(JSON.stringify({ desk: `claim ${id}` }))
  const press = { type: 'message', id: 'q2', text: '', value: { desk: `claim ${id}` }, ...teams }
  await adapter.processActivity(press, turn)
  expect(await bench.desk.handoffs.byId(id)).toMatchObject({ state: 'assigned', owner: { user: 'aad-1' } })
})
