import { afterEach, describe, expect, test, vi } from 'vitest'
import { messageEvent } from '../../support/platforms/slack.ts'
import { startDesk, type Desk } from './support.ts'

let desk: Desk
afterEach(() => desk.close())
const texts = () => desk.slack.posted.map(({ text }) => text)
const LONG = { timeout: 12_000 }

async function say(...words: string[]): Promise<void> {
  for (const [at, text] of words.entries())
    await desk.send(messageEvent(`Ev${at}`, { channel: 'D1', ts: `1700000100.00000${at}`, text }))
}

describe('what Slack does to a message', () => {
  test('no answer although it was taken: it is looked for, and stands there once', async () => {
    desk = await startDesk()
    desk.slack.troubles.push({ kind: 'taken-unanswered' })
    await say('one', 'two')
    await vi.waitFor(() => expect(texts()).toEqual(['heard one', 'heard two']), LONG)
    expect(desk.slack.calls.map(({ method }) => method)).toEqual([
      'chat.postMessage',
      'conversations.history',
      'chat.postMessage',
    ])
  }, 15_000)

  test.each([
    ['too many calls', { kind: 'rate-limited', seconds: 1 }],
    ['a broken connection', { kind: 'cut' }],
    ['a broken server', { kind: 'status', status: 503 }],
    ['an internal error', { kind: 'error', code: 'internal_error' }],
  ] as const)(
    '%s: in order, none lost, none twice',
    async (_name, trouble) => {
      desk = await startDesk()
      desk.slack.troubles.push(trouble)
      await say('one', 'two')
      await vi.waitFor(() => expect(texts()).toEqual(['heard one', 'heard two']), LONG)
      expect(desk.logged.join('\n')).not.toMatch(/heard|xoxb/)
    },
    15_000,
  )

  test.each(['channel_not_found', 'is_archived', 'msg_blocks_too_long', 'invalid_blocks'])(
    '%s: given up and told, and the next goes out',
    async (code) => {
      desk = await startDesk()
      desk.slack.troubles.push({ kind: 'error', code })
      await say('one', 'two')
      await vi.waitFor(() => expect(texts()).toEqual(['heard two']), LONG)
      expect(desk.logged.join('\n')).toMatch(new RegExp(`given up.*${code}`))
      expect(desk.logged.join('\n')).not.toMatch(/heard|xoxb/)
    },
    15_000,
  )

  test('a token that does not work: what waits is kept', async () => {
    desk = await startDesk({ settings: { botToken: 'wrong-token-0000' } })
    await say('one')
    await vi.waitFor(() => expect(desk.logged.join('\n')).toContain('invalid_auth'), LONG)
    expect(desk.logged.join('\n')).not.toMatch(/given up|wrong-token/)
  }, 15_000)

  test('people and channels cannot be called by a text', async () => {
    desk = await startDesk()
    await say('&lt;!channel&gt; &lt;@U1&gt; a &amp; b')
    await vi.waitFor(() => expect(texts()).toEqual(['heard &lt;!channel&gt; &lt;@U1&gt; a &amp; b']), LONG)
  })
})
