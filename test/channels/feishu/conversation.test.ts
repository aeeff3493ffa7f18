import { afterEach, expect, test, vi } from 'vitest'
import { StaffBot, type DeskHandler } from '../../../src/bot/desk/staff-bot.ts'
import { readStaffEntry } from '../../../src/bot/desk/staff.ts'
import { loadDeskWords } from '../../../src/bot/handoff/words.ts'
import type { DeskCard } from '../../../src/rendering/desk-card.ts'
import { mention, messageEvent, pressEvent } from '../../support/platforms/feishu.ts'
import { startDesk, type Desk } from './support.ts'

let desk: Desk | undefined
afterEach(async () => {
  await desk?.close()
  desk = undefined
})
const LONG = { timeout: 12_000 }
const WORDS = loadDeskWords('dialogs')
const card = (text: string, command?: string): DeskCard => ({
  language: 'zh-CN',
  blocks: [{ kind: 'text', text }],
  buttons: command === undefined ? [] : [{ label: '查看', command, primary: true }],
})

/** The bot of staff as the product has it, with one rule to ask for. */
function staffBot(seen: { conversation: string; group: boolean; text: string }[] = []) {
  const rules: DeskHandler = async ({ text, desk: { conversation }, group = false }) => {
    seen.push({ conversation, group, text })
    return text === 'rule 四川'
      ? [card('四川省 **20** 个工作日', 'source sichuan')]
      : text === 'source sichuan'
        ? [card('四川省通信管理局')]
        : [card(`没听懂：${text}`)]
  }
  const bot = new StaffBot({
    staff: [readStaffEntry('feishu:2ca1d211f64f6438:ou_li')].flatMap((entry) => entry ?? []),
    handlers: [rules],
    dress: (one) => ({ type: 'message', text: 'card', channelData: { card: one } }),
    words: WORDS,
    language: 'zh-CN',
  })
  return bot.run.bind(bot)
}
interface Button {
  readonly value: { readonly command: string; readonly thread?: string }
}
function buttonOf(one: Desk, at: number): Button['value'] {
  const found = /"behaviors":\[(\{"type":"callback","value":\{[^}]*\}\})\]/.exec(
    JSON.stringify(one.feishu.posted[at]?.content),
  )
  return (JSON.parse(found?.[1] ?? '{}') as Button).value
}

test.each([
  ['webhook', false],
  ['long connection', true],
])(
  'a member of staff asks, gets a card and presses its button, over the %s',
  async (_name, long) => {
    const seen: { conversation: string; group: boolean; text: string }[] = []
    desk = await startDesk({
      logic: staffBot(seen),
      settings: long ? { longConnection: true, webhook: undefined } : {},
    })
    const { feishu } = desk
    if (long) await vi.waitFor(() => expect(feishu.sockets.size).toBe(1), LONG)
    const give = async (id: string, event: unknown) =>
      long ? feishu.push(id, event) : void (await desk?.send(event))
    await give(
      'm1',
      messageEvent('om_root', {
        text: '@_user_1 rule 四川',
        message: { chat_id: 'oc_desk', chat_type: 'group', mentions: [mention('@_user_1')] },
      }),
    )
    await vi.waitFor(() => expect(feishu.posted).toHaveLength(1), LONG)
    expect(feishu.posted[0]).toMatchObject({ root: 'om_root', type: 'interactive' })
    expect(JSON.stringify(feishu.posted[0]?.content)).toContain('四川省 **20** 个工作日')
    const value = buttonOf(desk, 0)
    expect(value).toEqual({ command: 'source sichuan', thread: 'om_root' })
    // Somebody who is not staff presses first: nothing comes of it.
    await give('m2', pressEvent('p0', value, { open_id: 'ou_wang' }))
    await give('m3', pressEvent('p1', value))
    await vi.waitFor(() => expect(feishu.posted).toHaveLength(2), LONG)
    expect(JSON.stringify(feishu.posted[1]?.content)).toContain('四川省通信管理局')
    expect(feishu.posted[1]).toMatchObject({ root: 'om_root' })
    // The press was said in the very conversation of the question.
    expect(seen.map(({ text, group }) => [text, group])).toEqual([
      ['rule 四川', true],
      ['source sichuan', true],
    ])
    expect(new Set(seen.map(({ conversation }) => conversation)).size).toBe(1)
  },
  20_000,
)

test('in a chat of two there is no thread, and a press comes back to it', async () => {
  desk = await startDesk({ logic: staffBot() })
  await desk.send(messageEvent('om_1', { text: 'rule 四川', message: { chat_id: 'oc_desk' } }))
  await vi.waitFor(() => expect(desk?.feishu.posted).toHaveLength(1), LONG)
  const value = buttonOf(desk, 0)
  expect(value).toEqual({ command: 'source sichuan' })
  await desk.send(pressEvent('p1', value))
  await vi.waitFor(() => expect(desk?.feishu.posted).toHaveLength(2), LONG)
  for (const one of desk.feishu.posted) expect(one).toMatchObject({ chat: 'oc_desk' })
}, 15_000)

test('who is not staff learns so alone with the bot, and hears nothing in a group', async () => {
  desk = await startDesk({ logic: staffBot() })
  const { feishu } = desk
  const sender = { sender_id: { open_id: 'ou_wang' } }
  await desk.send(
    messageEvent('om_1', {
      sender,
      text: '@_user_1 rule 四川',
      message: { chat_id: 'oc_desk', chat_type: 'group', mentions: [mention('@_user_1')] },
    }),
  )
  await desk.send(messageEvent('om_2', { sender, text: 'rule 四川' }))
  await vi.waitFor(() => expect(feishu.posted).toHaveLength(1), LONG)
  await desk.send(messageEvent('om_3', { text: 'hi' }))
  await vi.waitFor(() => expect(feishu.posted).toHaveLength(2), LONG)
  expect(feishu.posted.map(({ chat }) => chat)).toEqual(['oc_li', 'oc_li'])
  expect(JSON.stringify(feishu.posted[0]?.content)).not.toContain('四川')
  expect(JSON.stringify(feishu.posted[1]?.content)).toContain('没听懂：hi')
})

test('the bot speaks first in a thread', async () => {
  desk = await startDesk({ logic: staffBot() })
  const reference = {
    channelId: 'feishu',
    conversation: { id: 'x', isGroup: true, name: '', conversationType: 'groupChat' },
    channelData: { tenant: '2ca1d211f64f6438', chat: 'oc_desk', thread: 'om_root' },
  }
  await desk.mounted.adapter.continueConversation(reference, async (context) => {
    await context.sendActivity({
      type: 'message',
      text: 'x',
      channelData: { card: card('有人需要帮助', 'claim 7K2M') },
    })
  })
  await vi.waitFor(() => expect(desk?.feishu.posted).toHaveLength(1), LONG)
  expect(desk.feishu.posted[0]).toMatchObject({ root: 'om_root' })
  expect(buttonOf(desk, 0)).toEqual({ command: 'claim 7K2M', thread: 'om_root' })
})

test('a platform that disconnects all the time and delivers again what was not acknowledged: each once', async () => {
  desk = await startDesk({ settings: { longConnection: true } })
  const { feishu, texts } = desk
  const wanted = Array.from({ length: 6 }, (_, at) => `message ${at}`)
  for (const [at, text] of wanted.entries()) {
    await vi.waitFor(() => expect(feishu.sockets.size).toBe(1), LONG)
    const event = messageEvent(`om_${at}x`, { text })
    feishu.push(`m${at}`, event)
    if (at % 2 === 0) {
      const [socket] = feishu.sockets
      socket?.terminate()
      await vi.waitFor(() => expect(feishu.sockets.has(socket!)).toBe(false), LONG)
    }
    await vi.waitFor(() => expect(feishu.sockets.size).toBe(1), LONG)
    feishu.push(`m${at}-again`, event)
    await vi.waitFor(() => expect(feishu.answered.at(-1)).toEqual({ id: `m${at}-again`, code: 200 }), LONG)
  }
  await vi.waitFor(() => expect(texts()).toHaveLength(wanted.length), LONG)
  expect(texts()).toEqual(wanted.map((text) => `heard ${text}`))
}, 40_000)
