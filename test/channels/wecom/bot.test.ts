import { once } from 'node:events'
import { WebSocketServer } from 'ws'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { StaffChannel } from '../../../src/channels/messaging/channel.ts'
import { botMessage, botPress } from '../../support/platforms/wecom.ts'
import { staffLike, startDesk, type Desk } from './support.ts'
import { inboxAway } from '../messaging/support.ts'

const LONG = { timeout: 12_000 }
const BOT = { bot: {} }
const GROUP = { chattype: 'group', chatid: 'wrkSFfCgAA' }
let desk: Desk
afterEach(() => desk.close())
const texts = () => desk.texts()
const connected = (one = desk) => vi.waitFor(() => expect(one.wecom.sockets.size).toBe(1), LONG)
async function settled(): Promise<void> {
  desk.wecom.push('r-last', botMessage('last', 'last', { from: { userid: 'Last' } }))
  await vi.waitFor(() => expect(texts()).toContain('heard last'), LONG)
}
const answers = () => texts().filter((text) => text !== 'heard last')

describe('what is heard', () => {
  test('a question in a group, answered below it with a card; its button, as the command', async () => {
    desk = await startDesk({ ...BOT, logic: staffLike })
    await connected()
    desk.wecom.push('r1', botMessage('m1', '@助手 四川 个人', GROUP))
    await vi.waitFor(() => expect(texts()).toHaveLength(2), LONG)
    expect(texts()).toEqual([
      '**Rule for 四川 个人**\nAsked by wx5823bf96d3bd56c7|LiHua',
      '[Rule for 四川 个人] Report outdated=outdated 四川 个人',
    ])
    const press = botPress('m2', 'outdated 四川 个人', GROUP)
    desk.wecom.push('r2', press)
    desk.wecom.push('r2', press)
    await vi.waitFor(() => expect(texts().at(-1)).toBe('reported: outdated 四川 个人'), LONG)
    desk.wecom.push('r3', botMessage('m3', '四川 @助手', GROUP))
    await vi.waitFor(() => expect(texts()).toHaveLength(5), LONG)
    expect(desk.wecom.shown.map(({ below }) => below)).toEqual(['r1', undefined, undefined, 'r3', undefined])
    expect(new Set(desk.wecom.shown.map(({ to }) => to))).toEqual(new Set([GROUP.chatid]))
    expect(desk.wecom.shown[1]?.body).toMatchObject({ chat_type: 2 })
  }, 15_000)

  test('a message to the bot alone, a voice message, one with pictures, a flat event', async () => {
    desk = await startDesk(BOT)
    await connected()
    desk.wecom.push('r1', botMessage('m1', ' @someone rule '))
    desk.wecom.push('r2', botMessage('m2', '', { msgtype: 'voice', voice: { content: '四川' } }))
    const items = [
      { msgtype: 'image', image: { url: 'x' } },
      { msgtype: 'text', text: { content: 'b' } },
    ]
    desk.wecom.push(
      'r3',
      botMessage('m3', 'a', { msgtype: 'mixed', text: undefined, mixed: { msg_item: items } }),
    )
    desk.wecom.push(
      'r4',
      botPress('m4', '', { event: { eventtype: 'template_card_event', event_key: 'go' } }),
    )
    const heard = ['heard ＠someone rule', 'heard 四川', 'heard b', 'heard go']
    await vi.waitFor(() => expect(texts()).toEqual(heard.map((text) => text.replace('＠', '@'))), LONG)
    expect(desk.wecom.shown.map(({ to }) => to)).toEqual(Array(4).fill('LiHua'))
  })

  test.each([
    ['someone of another corporation', botMessage('m1', 'in', { from: { userid: 'X', corpid: 'wx0' } })],
    ['a group without an id', botMessage('m1', 'in', { chattype: 'group' })],
    ['that somebody opened the chat', botPress('m1', 'x', { event: { eventtype: 'enter_chat' } })],
    ['a message without a sender', botMessage('m1', 'in', { from: {} })],
    ['a text without end', botMessage('m1', 'x'.repeat(40_001))],
    ['a kind it does not know', botMessage('m1', 'in', { msgtype: 'stream' })],
  ])('not %s', async (_name, body) => {
    desk = await startDesk(BOT)
    await connected()
    desk.wecom.push('r1', body)
    await settled()
    expect(answers()).toEqual([])
  })

  test('the same message again, once; also over another connection', async () => {
    desk = await startDesk(BOT)
    await connected()
    const message = botMessage('m1', 'once')
    desk.wecom.push('r1', message)
    desk.wecom.push('r1', message)
    await vi.waitFor(() => expect(texts()).toEqual(['heard once']), LONG)
    const [first] = desk.wecom.sockets
    first?.terminate()
    await vi.waitFor(() => expect(desk.wecom.sockets.has(first!)).toBe(false), LONG)
    await connected()
    desk.wecom.push('r9', message)
    await settled()
    expect(answers()).toEqual(['heard once'])
  })

  test('what cannot be kept at once is kept when the store is back, in order', async () => {
    let refusals = 2
    desk = await startDesk({
      ...BOT,
      wrap: inboxAway('wecom', () => refusals-- > 0),
    })
    await connected()
    desk.wecom.push('r1', botMessage('m1', 'one'))
    desk.wecom.push('r2', botMessage('m2', 'two'))
    await vi.waitFor(() => expect(texts()).toEqual(['heard one', 'heard two']), LONG)
  })
})

describe('the connection', () => {
  test('is made anew after it broke, was closed, or got frames that make no sense', async () => {
    desk = await startDesk({ ...BOT, waits: { heartbeat: 20 } })
    for (const end of ['terminate', 'close'] as const) {
      await connected()
      const [socket] = desk.wecom.sockets
      for (const frame of ['{not json', '[]', '{}', '{"cmd":"aibot_msg_callback","headers":{},"body":{}}'])
        socket?.send(frame)
      socket?.[end]()
      await vi.waitFor(() => expect(desk.wecom.sockets.has(socket!)).toBe(false), LONG)
    }
    await connected()
    await vi.waitFor(() => expect(desk.wecom.pings).toBeGreaterThan(2), LONG)
    desk.wecom.push('r1', botMessage('m1', 'still here'))
    await vi.waitFor(() => expect(texts()).toEqual(['heard still here']), LONG)
    expect(desk.wecom.commands.filter((one) => one === 'aibot_subscribe')).toHaveLength(3)
  }, 30_000)

  test('that another one took over comes back later, and says so', async () => {
    desk = await startDesk(BOT)
    await connected()
    const [first] = desk.wecom.sockets
    const event = { msgtype: 'event', event: { eventtype: 'disconnected_event' } }
    first?.send(JSON.stringify({ cmd: 'aibot_event_callback', headers: { req_id: 'gone' }, body: event }))
    await vi.waitFor(() => expect(desk.wecom.sockets.has(first!)).toBe(false), LONG)
    await vi.waitFor(() => expect(desk.logged.join('\n')).toContain('another process connected'), LONG)
    await connected()
    desk.wecom.push('r1', botMessage('m1', 'back'))
    await vi.waitFor(() => expect(texts()).toEqual(['heard back']), LONG)
  })

  test('that is not accepted is told, without the secret', async () => {
    desk = await startDesk({ bot: { secret: 'wrong-secret-0000' } })
    await vi.waitFor(() => expect(desk.logged.join('\n')).toContain('errcode 853000'), LONG)
    expect(desk.logged.join('\n')).not.toContain('wrong-secret')
  })

  test('with nobody at the other end is tried again and told', async () => {
    desk = await startDesk({ bot: { url: 'ws://127.0.0.1:9' } })
    await vi.waitFor(() => expect(desk.logged.length).toBeGreaterThan(1), LONG)
    expect(desk.logged[0]).toContain('no connection')
  })

  test('whose subscription is never answered is given up', async () => {
    const silent = await startSilent()
    desk = await startDesk({ bot: { url: silent.url }, waits: { forSubscription: 60 } })
    await vi.waitFor(() => expect(silent.count()).toBeGreaterThan(1), LONG)
    await vi.waitFor(() => expect(desk.logged.join('\n')).toContain('no answer to the subscription'), LONG)
    await silent.close()
  })
})

describe('what happens to a message', () => {
  test.each([
    ['taken, but the connection breaks before the answer', { kind: 'taken-unanswered' }],
    ['the connection breaks before it is taken', { kind: 'cut' }],
    ['busy', { kind: 'code', code: -1 }],
  ] as const)(
    '%s: in order, none lost, none twice',
    async (_name, trouble) => {
      desk = await startDesk(BOT)
      await connected()
      desk.wecom.troubles.push(trouble)
      desk.wecom.push('r1', botMessage('m1', 'one'))
      await vi.waitFor(() => expect(texts().length + desk.logged.length).toBeGreaterThan(0), LONG)
      await connected()
      desk.wecom.push('r2', botMessage('m2', 'two'))
      await vi.waitFor(() => expect(texts()).toEqual(['heard one', 'heard two']), LONG)
      expect(desk.logged.join('\n')).not.toMatch(/heard|secret/)
    },
    20_000,
  )

  test('a reply that comes too late is said all the same', async () => {
    desk = await startDesk(BOT)
    await connected()
    desk.wecom.troubles.push({ kind: 'code', code: 846608 })
    desk.wecom.push('r1', botMessage('m1', 'one'))
    await vi.waitFor(() => expect(texts()).toEqual(['heard one']), LONG)
    expect(desk.wecom.shown[0]?.below).toBeUndefined()
    expect(desk.wecom.commands.slice(1)).toEqual(['aibot_respond_msg', 'aibot_send_msg'])
  })

  test('a long answer: its beginning below the message, the rest after it, each once', async () => {
    const long = Array.from({ length: 500 }, (_, at) => `line ${at} of a long answer`).join('\n')
    desk = await startDesk({ ...BOT, logic: async (context) => void (await context.sendActivity(long)) })
    await connected()
    desk.wecom.troubles.push({ kind: 'cut' }, { kind: 'taken-unanswered' })
    desk.wecom.push('r1', botMessage('m1', 'one'))
    await vi.waitFor(() => expect(texts().join('\n')).toBe(long), LONG)
    expect(desk.wecom.shown.map(({ below }) => below)).toEqual(['r1', ...Array<undefined>(2).fill(undefined)])
  }, 20_000)

  test('too many: a minute is waited, and nothing is said another way', async () => {
    desk = await startDesk(BOT)
    await connected()
    desk.wecom.troubles.push({ kind: 'code', code: 846607 })
    desk.wecom.push('r1', botMessage('m1', 'one'))
    await vi.waitFor(() => expect(desk.logged.join('\n')).toContain('errcode 846607'), LONG)
    expect(desk.wecom.commands.slice(1)).toEqual(['aibot_respond_msg'])
  })

  test('the bot speaks first, in a group and to one person', async () => {
    desk = await startDesk({ ...BOT, logic: staffLike })
    const say = (chat: string) =>
      desk.mounted.adapter.continueConversation(
        {
          channelId: 'wecom' satisfies StaffChannel,
          conversation: { id: 'x', isGroup: true, name: '', conversationType: 'groupChat' },
          channelData: { tenant: 'wx5823bf96d3bd56c7', chat },
        },
        async (context) => {
          await context.sendActivity('somebody waits')
        },
      )
    await connected()
    await say('bot-group:G1')
    await say('bot:LiHua')
    await say('app:LiHua')
    await say('nowhere')
    await vi.waitFor(() => expect(texts()).toHaveLength(2), LONG)
    const to = (one: string) => desk.wecom.shown.find((shown) => shown.to === one)?.body
    expect([to('G1')?.['chat_type'], to('LiHua')?.['chat_type']]).toEqual([2, 1])
    await vi.waitFor(
      () => expect(desk.logged.filter((line) => line.includes('given up'))).toHaveLength(2),
      LONG,
    )
  })
})

/** A server that takes the connection and never says a word. */
async function startSilent(): Promise<{ url: string; count: () => number; close: () => Promise<void> }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const address = server.address()
  let connections = 0
  server.on('connection', () => (connections += 1))
  return {
    url: `ws://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    count: () => connections,
    close: async () => {
      for (const socket of server.clients) socket.terminate()
      server.close()
      await once(server, 'close')
    },
  }
}
