import type { ConversationReference } from 'botbuilder'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Logic } from '../../../src/channels/in-process-adapter.ts'
import { readConfig } from '../../../src/server/config.ts'
import { CORP } from '../../support/platforms/dingtalk.ts'
import { connected, LONG, said, SECRETS, startDesk, type Desk } from './support.ts'

let desk: Desk | undefined
afterEach(async () => {
  await desk?.close()
  desk = undefined
})
const later = { sessionWebhook: undefined }
const personal = { conversationType: '1', conversationId: 'cidPerson0001==' }
const PATH = { group: '/v1.0/robot/groupMessages/send', person: '/v1.0/robot/oToMessages/batchSend' }
const TOKEN = '/v1.0/oauth2/accessToken'

async function ready(options: Parameters<typeof startDesk>[0] = {}): Promise<Desk> {
  desk = await startDesk(options)
  await connected(desk)
  return desk
}

describe('the way of an answer', () => {
  test('is the address that came with the question, while it is good', async () => {
    const { dingtalk } = await ready()
    dingtalk.say('one')
    dingtalk.say('two', personal)
    await vi.waitFor(
      () => expect(dingtalk.posted.map(({ way }) => way)).toEqual(['session', 'session']),
      LONG,
    )
  })

  test.each([
    ['without an address', later],
    ['with one that has ended', { sessionWebhookExpiredTime: Date.now() - 1 }],
    [
      'with one that is nowhere of DingTalk',
      { sessionWebhook: 'http://127.0.0.1:9/robot/sendBySession?s=1' },
    ],
    ['with one that is no address', { sessionWebhook: '//nowhere' }],
  ])('%s is the OpenAPI', async (_name, more) => {
    const { dingtalk } = await ready()
    dingtalk.say('one', more)
    dingtalk.say('two', { ...more, ...personal })
    await vi.waitFor(() => expect(dingtalk.posted).toHaveLength(2), LONG)
    expect(dingtalk.posted).toEqual(
      expect.arrayContaining([
        { way: 'group', to: 'cidGroup0001==', kind: 'text', text: 'heard one', buttons: [] },
        { way: 'person', to: '0142', kind: 'text', text: 'heard two', buttons: [] },
      ]),
    )
  })

  test('is the OpenAPI as well where the address is not known any more', async () => {
    const current = await ready()
    const { dingtalk } = current
    dingtalk.say('one')
    dingtalk.forgetSessions()
    await said(current, ['heard one'])
    expect(dingtalk.posted[0]?.way).toBe('group')
  })

  test('one token serves all, is renewed before it ends and replaced when it ended early', async () => {
    const current = await ready()
    const { dingtalk, time } = current
    const tokens = () => dingtalk.calls.filter((path) => path === TOKEN).length
    for (const text of ['one', 'two']) dingtalk.say(text, { ...later, conversationId: `cid-${text}` })
    await vi.waitFor(() => expect(dingtalk.posted).toHaveLength(2), LONG)
    expect(tokens()).toBe(1)
    time.ahead = 116 * 60_000
    dingtalk.say('three', later)
    await vi.waitFor(() => expect(dingtalk.posted).toHaveLength(3), LONG)
    expect(tokens()).toBe(2)
    dingtalk.tokens.clear()
    dingtalk.say('four', later)
    await vi.waitFor(() => expect(dingtalk.posted).toHaveLength(4), LONG)
    expect(tokens()).toBe(3)
    expect(current.logged).toEqual([])
  })

  test('the robot speaks first, to a group and to a person', async () => {
    const references: Partial<ConversationReference & { channelData: unknown }>[] = [
      reference('cidGroup0001=='),
      reference('user:0142'),
    ]
    const current = await ready()
    for (const one of references)
      await current.mounted.adapter.continueConversation(one, async (context) => {
        await context.sendActivity('somebody asks')
      })
    const { dingtalk } = current
    await vi.waitFor(() => expect(dingtalk.posted).toHaveLength(2), LONG)
    expect(new Set(dingtalk.posted.map(({ way, to }) => `${way} ${to}`))).toEqual(
      new Set(['group cidGroup0001==', 'person 0142']),
    )
  })
})

describe('what DingTalk does to a message', () => {
  test.each([
    ['a broken connection', [{ kind: 'cut' }], later],
    ['a broken server', [{ kind: 'status', status: 503 }], later],
    ['a page of a proxy', [{ kind: 'page' }], later],
    ['a broken answer of the address', [{ kind: 'status', status: 502 }], {}],
  ] as const)(
    '%s: in order, none lost, none twice',
    async (_name, troubles, more) => {
      const current = await ready()
      current.dingtalk.troubles.push(...troubles)
      for (const text of ['one', 'two']) current.dingtalk.say(text, more)
      await said(current, ['heard one', 'heard two'])
      expect(current.logged.join('\n')).not.toMatch(SECRETS)
    },
    15_000,
  )

  test.each([
    ['send.too.fast', { kind: 'code', code: 'send.too.fast' }, later],
    ['429', { kind: 'code', code: 'Throttling', status: 429 }, later],
    [
      'QpsLimit',
      { kind: 'code', code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', status: 403 },
      later,
    ],
    ['flow controlled', { kind: 'list', list: 'flowControlledStaffIdList' }, { ...later, ...personal }],
    ['too many messages', { kind: 'errcode', errcode: 130_101 }, {}],
    [
      'AccessTokenPermissionDenied',
      { kind: 'code', code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied', status: 403 },
      later,
    ],
  ] as const)('%s: kept, and sent a minute later', async (code, trouble, more) => {
    const current = await ready()
    const { dingtalk, logged, time } = current
    dingtalk.troubles.push(trouble)
    dingtalk.say('one', more)
    await vi.waitFor(() => expect(logged.join('\n')).toContain(code === '429' ? 'Throttling' : code), LONG)
    expect(dingtalk.posted).toEqual([])
    expect(logged.join('\n')).not.toMatch(/given up|heard|quoting/)
    time.ahead = 61_000
    // What is said now wakes the chat.
    dingtalk.say('two', more)
    await said(current, ['heard one', 'heard two'])
  })

  test.each([
    ['invalid.openConversationId', { kind: 'code', code: 'invalid.openConversationId' }, later],
    ['bot.stopped', { kind: 'code', code: 'bot.stopped' }, later],
    ['nobody of that id', { kind: 'list', list: 'invalidStaffIdList' }, { ...later, ...personal }],
  ] as const)('%s: given up and told, and the next goes out', async (code, trouble, more) => {
    const current = await ready()
    current.dingtalk.troubles.push(trouble)
    for (const text of ['one', 'two']) current.dingtalk.say(text, more)
    await said(current, ['heard two'])
    const { logged } = current
    expect(logged.join('\n')).toMatch(new RegExp(`given up.*${code}`))
    expect(logged.join('\n')).not.toMatch(SECRETS)
  })
})

test('a member of staff asks, gets a card, touches a button, and is answered', async () => {
  const desk = await ready({ logic: staff })
  const { dingtalk } = desk
  dingtalk.say('case 7K2M')
  await vi.waitFor(() => expect(dingtalk.posted).toHaveLength(1), LONG)
  const [card] = dingtalk.posted
  expect(card).toMatchObject({
    way: 'session',
    kind: 'actionCard',
    title: 'Case 7K2M',
    text: '**Case 7K2M**\n\n**Province**　四川',
    buttons: [{ title: 'Claim' }, { title: '转交' }],
  })
  expect(dingtalk.calls).not.toContain(PATH.group)
  dingtalk.press(card?.buttons[0]?.url ?? '')
  dingtalk.press(card?.buttons[1]?.url ?? '', later)
  await vi.waitFor(() => expect(dingtalk.posted).toHaveLength(3), LONG)
  expect(dingtalk.posted.slice(1).map(({ text }) => text)).toEqual([
    'claim 7K2M by 0142',
    'transfer 7K2M 王 & 李? by 0142',
  ])
})

const staff: Logic = async (context) => {
  const { text = '', from } = context.activity
  if (!text.startsWith('case')) {
    await context.sendActivity(`${text} by ${from.id.replace(`${CORP}|`, '')}`)
    return
  }
  const card = {
    language: 'en',
    blocks: [
      { kind: 'heading', text: 'Case 7K2M' },
      { kind: 'summary', rows: [{ label: 'Province', value: '四川' }] },
    ],
    buttons: [
      { label: 'Claim', command: 'claim 7K2M', primary: true },
      { label: '转交', command: 'transfer 7K2M 王 & 李?' },
    ],
  }
  await context.sendActivity({ type: 'message', text: 'Case 7K2M', channelData: { card } })
}

function reference(chat: string): Partial<ConversationReference & { channelData: unknown }> {
  return {
    channelId: 'dingtalk',
    serviceUrl: 'urn:icp-filing-assistant:messaging:dingtalk',
    conversation: {
      id: `${CORP}|${chat}`,
      isGroup: true,
      name: '',
      conversationType: 'groupChat',
    },
    bot: { id: `${CORP}|bot`, name: '' },
    channelData: { tenant: CORP, chat },
  }
}

const BOTH = { DINGTALK_CLIENT_ID: 'ding1', DINGTALK_CLIENT_SECRET: 'x'.repeat(32) }
test.each([
  [{ DINGTALK_CLIENT_ID: 'ding1' }, /DINGTALK_CLIENT_SECRET: needed/],
  [{ DINGTALK_CLIENT_SECRET: 'x'.repeat(32) }, /DINGTALK_CLIENT_ID: needed/],
  [{ DINGTALK_ROBOT_CODE: 'ding1' }, /DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET: needed/],
  [{ ...BOTH, DINGTALK_CLIENT_SECRET: 'short' }, /DINGTALK_CLIENT_SECRET: at least 16/],
  [{ ...BOTH, DINGTALK_API_URL: 'http://api.dingtalk.com' }, /DINGTALK_API_URL: an https address/],
])('half a configuration does not start: %j', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message)
  expect(() => readConfig(BOTH)).not.toThrow()
})
