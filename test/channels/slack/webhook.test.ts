import { request } from 'node:http'
import { once } from 'node:events'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { checkSignature, signatureOf } from '../../../src/channels/slack/signature.ts'
import { messageEvent, pressForm } from '../../support/platforms/slack.ts'
import { SECRET, startDesk, type Desk } from './support.ts'
import { inboxAway } from '../messaging/support.ts'

let desk: Desk
afterEach(() => desk.close())
const FORM = { type: 'application/x-www-form-urlencoded' }
const texts = () => desk.slack.posted.map(({ text }) => text)
/** Everything delivered before has been worked off once this has been answered. */
async function settled(): Promise<void> {
  await desk.send(messageEvent('EvLast', { channel: 'D9', ts: '1700000999.000001', text: 'last' }))
  await vi.waitFor(() => expect(texts()).toContain('heard last'), { timeout: 5_000 })
}
const answers = () => texts().filter((text) => text !== 'heard last')

describe('who may deliver', () => {
  test('the published example of a signature', async () => {
    desk = await startDesk()
    const body = Buffer.from(
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
    )
    const published = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503'
    expect(signatureOf('1531420618', body, SECRET)).toBe(published)
    const headers = { 'x-slack-signature': published, 'x-slack-request-timestamp': '1531420618' }
    const at = (seconds: number) => () => checkSignature(headers, body, SECRET, new Date(seconds * 1000))
    for (const now of [1531420618 - 300, 1531420618, 1531420618 + 300]) expect(at(now)).not.toThrow()
    for (const now of [1531420618 - 301, 1531420618 + 301]) expect(at(now)).toThrow(/five minutes/)
  })

  test.each([
    ['another secret', { signature: `v0=${'0'.repeat(64)}` }, 401],
    ['a signature of another length', { signature: 'v0=12' }, 401],
    ['one of no version', { signature: 'a'.repeat(67) }, 401],
    ['a recording', { at: Date.now() - 301_000 }, 401],
    ['a date to come', { at: Date.now() + 3_600_000 }, 401],
  ])('refuses %s', async (_name, options, status) => {
    desk = await startDesk()
    expect((await desk.send(messageEvent('Ev1', { channel: 'D1' }), options)).status).toBe(status)
    await settled()
    expect(answers()).toEqual([])
  })

  test('refuses what is not signed, and a challenge without a signature', async () => {
    desk = await startDesk()
    const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' })
    const response = await fetch(desk.url, { method: 'POST', body })
    expect(response.status).toBe(401)
    expect(await response.text()).not.toContain('abc')
  })

  test('answers the challenge', async () => {
    desk = await startDesk()
    expect(await desk.send({ type: 'url_verification', token: 'x', challenge: '3eZbrw1a' })).toEqual({
      status: 200,
      text: '3eZbrw1a',
    })
  })

  test('refuses truncated and oversized bodies, and goes on', async () => {
    desk = await startDesk()
    const whole = JSON.stringify(messageEvent('Ev1', { channel: 'D1' }))
    expect((await desk.send(whole.slice(0, -20))).status).toBe(400)
    expect((await desk.send(JSON.stringify({ text: 'x'.repeat(600_000) }))).status).toBe(413)
    // Without a length, in pieces.
    const chunked = request(desk.url, { method: 'POST' })
    chunked.on('error', () => undefined)
    const answered = once(chunked, 'response')
    for (let at = 0; at < 9; at += 1) chunked.write('x'.repeat(64 * 1024))
    const [response] = (await answered) as [{ statusCode: number }]
    expect(response.statusCode).toBe(413)
    chunked.destroy()
    // Cut off in the middle.
    const cut = request(desk.url, { method: 'POST', headers: { 'content-length': '1000' } })
    cut.on('error', () => undefined)
    cut.write('{"type":')
    await new Promise((resolve) => setTimeout(resolve, 50))
    cut.destroy()
    await settled()
    expect(answers()).toEqual([])
  })

  test('takes the bytes as they are: blanks, escapes and Chinese do not break the signature', async () => {
    desk = await startDesk()
    const event = JSON.stringify(messageEvent('Ev1', { channel: 'D1', text: '四川 a/b' }))
    const odd = event.replace('a/b', String.raw`a\/b`).replaceAll('":', '" :  ')
    expect((await desk.send(odd)).status).toBe(200)
    await vi.waitFor(() => expect(texts()).toEqual(['heard 四川 a/b']), { timeout: 5_000 })
  })
})

describe('what is heard', () => {
  test('a mention in a channel, answered in its thread; then the thread without mentions', async () => {
    desk = await startDesk()
    const ts = '1700000010.000100'
    await desk.send(messageEvent('Ev1', { type: 'app_mention', ts, text: '<@UBOT> rule 四川' }))
    // The same message as its second event.
    await desk.send(messageEvent('Ev2', { ts, text: '<@UBOT> rule 四川' }))
    await desk.send(
      messageEvent('Ev3', { ts: '1700000011.000100', thread_ts: ts, text: 'thanks &amp; more' }),
    )
    const heard = ['heard rule 四川', 'heard thanks &amp; more']
    await vi.waitFor(() => expect(texts()).toEqual(heard), { timeout: 5_000 })
    await settled()
    expect(answers()).toEqual(heard)
    for (const one of desk.slack.posted.slice(0, 2))
      expect(one).toMatchObject({ channel: 'C1', thread_ts: ts })
  })

  test.each([
    ['people among themselves', { text: 'lunch?' }],
    ['a thread it is not in', { thread_ts: '1700000000.000001', text: 'lunch?' }],
    ['another app', { channel: 'D1', bot_id: 'B1' }],
    ['itself', { channel: 'D1', user: 'UBOT' }],
    ['an edit', { channel: 'D1', subtype: 'message_changed' }],
    ['someone of another organisation', { channel: 'D1', user_team: 'T2' }],
    ['a reply note without a writer', { channel: 'D1', user: undefined }],
    ['a strange channel id', { channel: '../x' }],
  ])('not %s', async (_name, event) => {
    desk = await startDesk()
    expect((await desk.send(messageEvent('Ev1', event))).status).toBe(200)
    await settled()
    expect(answers()).toEqual([])
  })

  test('a pressed button as its command, in the thread of its card', async () => {
    desk = await startDesk()
    const form = pressForm('claim 7K2M')
    expect((await desk.send(form, FORM)).status).toBe(200)
    expect((await desk.send(form, FORM)).status).toBe(200)
    await desk.send(pressForm('claim 9999', { user: { id: 'U7', team_id: 'T2' } }), FORM)
    await vi.waitFor(() => expect(texts()).toEqual(['heard claim 7K2M']), { timeout: 5_000 })
    const [card] = desk.slack.posted
    await settled()
    expect(answers()).toEqual(['heard claim 7K2M'])
    expect(card).toMatchObject({ thread_ts: '1700000002.000200' })
  })

  test('an event that comes three times at once and again later, once', async () => {
    desk = await startDesk()
    const event = messageEvent('Ev1', { channel: 'D1', text: 'once' })
    await Promise.all([0, 1, 2].map((retry) => desk.send(event, { retry })))
    await vi.waitFor(() => expect(texts()).toEqual(['heard once']), { timeout: 5_000 })
    await desk.send(event, { retry: 3 })
    await settled()
    expect(answers()).toEqual(['heard once'])
  })

  test('is not acknowledged while it cannot be kept, and is answered when it comes again', async () => {
    let away = true
    desk = await startDesk({
      wrap: inboxAway('slack', () => away),
    })
    const event = messageEvent('Ev1', { channel: 'D1', text: 'kept' })
    expect((await desk.send(event)).status).toBe(500)
    away = false
    expect((await desk.send(event, { retry: 1 })).status).toBe(200)
    await vi.waitFor(() => expect(texts()).toEqual(['heard kept']), { timeout: 5_000 })
  })
})
