import { afterEach, expect, test, vi } from 'vitest'
import { readConfig } from '../../../src/server/config.ts'
import { messageEvent } from '../../support/platforms/slack.ts'
import { startDesk, type Desk } from './support.ts'

let desk: Desk | undefined
afterEach(async () => {
  await desk?.close()
  desk = undefined
})
const SOCKET = { settings: { appToken: 'xapp-test-token', signingSecret: undefined } }
const LONG = { timeout: 12_000 }
const connected = (one: Desk) => vi.waitFor(() => expect(one.slack.sockets.size).toBe(1), LONG)
const direct = (text: string, at: number) =>
  messageEvent(`Ev${at}`, { channel: 'D1', ts: `1700000200.00000${at}`, text })

test('an event over the socket is kept, acknowledged and answered; sent again, answered once', async () => {
  desk = await startDesk(SOCKET)
  const { slack } = desk
  await connected(desk)
  slack.push('e1', 'events_api', direct('one', 1))
  slack.push('e2', 'events_api', direct('one', 1))
  slack.push('e3', 'slash_commands', { command: '/x' })
  slack.push('e4', 'events_api', direct('two', 2))
  await vi.waitFor(
    () => expect(slack.posted.map(({ text }) => text)).toEqual(['heard one', 'heard two']),
    LONG,
  )
  expect([...slack.acknowledged].sort()).toEqual(['e1', 'e2', 'e3', 'e4'])
  // The webhook is not there without a signing secret.
  expect((await desk.send(direct('three', 3))).status).toBe(404)
}, 15_000)

test('a connection that Slack ends, or that breaks, is followed by another; frames that make no sense by nothing', async () => {
  desk = await startDesk(SOCKET)
  const { slack } = desk
  await connected(desk)
  const [first] = slack.sockets
  first?.send('{not json')
  first?.send('[]')
  first?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }))
  await vi.waitFor(() => expect(slack.sockets.has(first!)).toBe(false), LONG)
  await connected(desk)
  const [second] = slack.sockets
  second?.terminate()
  await vi.waitFor(() => expect(slack.sockets.has(second!)).toBe(false), LONG)
  await connected(desk)
  slack.push('e1', 'events_api', direct('still here', 1))
  await vi.waitFor(() => expect(slack.posted.map(({ text }) => text)).toEqual(['heard still here']), LONG)
  expect(slack.calls.filter(({ method }) => method === 'apps.connections.open')).toHaveLength(3)
}, 30_000)

test('a refused token is told, without the token', async () => {
  desk = await startDesk({ settings: { appToken: 'xoxb-not-an-app-token', signingSecret: undefined } })
  const { logged } = desk
  await vi.waitFor(() => expect(logged.join('\n')).toContain('not_allowed_token_type'), LONG)
  expect(logged.join('\n')).not.toContain('xoxb')
})

test.each([
  [{ SLACK_SIGNING_SECRET: 'x'.repeat(32) }, /SLACK_BOT_TOKEN/],
  [{ SLACK_APP_TOKEN: 'xapp-1' }, /SLACK_BOT_TOKEN/],
  [{ SLACK_BOT_TOKEN: 'xoxb-1' }, /SLACK_SIGNING_SECRET or SLACK_APP_TOKEN/],
  [{ SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xapp-1' }, /begins with xoxb-/],
])('half a configuration does not start: %j', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message)
  expect(() => readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' })).not.toThrow()
})
