import { once } from 'node:events'
import { request } from 'node:http'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { decrypt, openDelivery, signatureOf } from '../../../src/channels/feishu/delivery.ts'
import {
  ENCRYPT_KEY,
  TOKEN,
  encrypt,
  mention,
  messageEvent,
  pressEvent,
  type DeliverOptions,
} from '../../support/platforms/feishu.ts'
import { startDesk, type Desk } from './support.ts'
import { inboxAway } from '../messaging/support.ts'

let desk: Desk | undefined
afterEach(async () => {
  await desk?.close()
  desk = undefined
})
const LONG = { timeout: 8_000 }
/** Everything delivered before has been worked off once this has been answered. */
async function settled(one: Desk): Promise<void> {
  await one.send(messageEvent('om_last', { text: 'last', message: { chat_id: 'oc_last' } }))
  await vi.waitFor(() => expect(one.texts()).toContain('heard last'), LONG)
}
const answers = (one: Desk) => one.texts().filter((text) => text !== 'heard last')
const group = (more: Record<string, unknown> = {}) => ({ chat_id: 'oc_desk', chat_type: 'group', ...more })

test('the published example of encryption', () => {
  const published = 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk='
  expect(decrypt(published, 'test key')).toBe('hello world')
  expect(decrypt(published, 'test kez')).toBeUndefined()
})

test('a signature is good for five minutes before and after', () => {
  const raw = Buffer.from(
    JSON.stringify({ encrypt: encrypt(JSON.stringify(messageEvent('om_1')), ENCRYPT_KEY) }),
  )
  const headers = {
    'x-lark-request-timestamp': '1700000000',
    'x-lark-request-nonce': 'n',
    'x-lark-signature': signatureOf('1700000000', 'n', ENCRYPT_KEY, raw),
  }
  const at = (seconds: number) => () =>
    openDelivery(
      headers,
      raw,
      { encryptKey: ENCRYPT_KEY, verificationToken: TOKEN },
      new Date(seconds * 1000),
    )
  for (const now of [1_699_999_700, 1_700_000_000, 1_700_000_300]) expect(at(now)).not.toThrow()
  for (const now of [1_699_999_699, 1_700_000_301]) expect(at(now)).toThrow(/not one of the Feishu app/)
})

describe('who may deliver', () => {
  const event = messageEvent('om_1')
  const plain = JSON.stringify(event)
  const truncated = JSON.stringify({ encrypt: encrypt(plain, ENCRYPT_KEY).slice(0, -24) })
  const cases: readonly (readonly [string, unknown, DeliverOptions])[] = [
    ['a wrong signature', event, { signature: '0'.repeat(64) }],
    ['a signature of another length', event, { signature: 'abc' }],
    ['what is not signed', event, { signature: '' }],
    ['a recording', event, { at: Date.now() - 301_000 }],
    ['a date to come', event, { at: Date.now() + 3_600_000 }],
    ['what was encrypted anew with another key', event, { encryptKey: 'another-key-of-the-test' }],
    ['what is not encrypted', event, { wire: plain }],
    ['a truncated cipher', event, { wire: truncated }],
    ['a truncated body', event, { wire: '{"encrypt":"' }],
    ['another token', messageEvent('om_1', { header: { token: 'x'.repeat(30) } }), {}],
    ['no token', { ...event, header: undefined }, {}],
    ['a challenge with another token', { type: 'url_verification', challenge: 'abc', token: 'x' }, {}],
  ]

  test('refuses all else, without effect and with the same words', async () => {
    desk = await startDesk()
    const said = new Set<string>()
    for (const [name, body, options] of cases) {
      const { status, text } = await desk.send(body, options)
      expect(status, name).toBe(401)
      expect(text).not.toContain('abc')
      said.add(text.replaceAll(/"(instance|requestId)":"[^"]*"/g, ''))
    }
    expect(said.size).toBe(1)
    await settled(desk)
    expect(answers(desk)).toEqual([])
  })

  test('answers the challenge, which is not signed', async () => {
    desk = await startDesk()
    const body = { type: 'url_verification', token: TOKEN, challenge: 'ajls384kdjx98XX' }
    for (const options of [{ signature: '' }, {}])
      expect(await desk.send(body, options)).toEqual({ status: 200, text: '{"challenge":"ajls384kdjx98XX"}' })
  })

  test('refuses oversized bodies and goes on after one that was cut off', async () => {
    desk = await startDesk()
    expect((await desk.send(event, { wire: 'x'.repeat(600_000) })).status).toBe(413)
    const chunked = request(desk.url, { method: 'POST' })
    chunked.on('error', () => undefined)
    const answered = once(chunked, 'response')
    for (let at = 0; at < 9; at += 1) chunked.write('x'.repeat(64 * 1024))
    const [response] = (await answered) as [{ statusCode: number }]
    expect(response.statusCode).toBe(413)
    chunked.destroy()
    const cut = request(desk.url, { method: 'POST', headers: { 'content-length': '1000' } })
    cut.on('error', () => undefined)
    cut.write('{"encrypt":')
    await new Promise((resolve) => setTimeout(resolve, 50))
    cut.destroy()
    await settled(desk)
    expect(answers(desk)).toEqual([])
  })

  test('takes the bytes as they are: blanks and escapes do not break the signature', async () => {
    desk = await startDesk()
    const cipher = encrypt(JSON.stringify(messageEvent('om_1', { text: '四川' })), ENCRYPT_KEY)
    const wire = `{ "encrypt" :  "${cipher.replaceAll('/', String.raw`\/`)}" }\n`
    expect(await desk.send('', { wire })).toEqual({ status: 200, text: '{}' })
    await vi.waitFor(() => expect(desk?.texts()).toEqual(['heard 四川']), LONG)
  })
})

describe('what is heard', () => {
  test('a mention in a group, answered in a thread; then the thread without mentions', async () => {
    desk = await startDesk()
    const asked = { text: '@_user_1 rule 四川', message: group({ mentions: [mention('@_user_1')] }) }
    await desk.send(messageEvent('om_root', asked))
    await desk.send(messageEvent('om_2', { text: 'thanks', message: group({ root_id: 'om_root' }) }))
    const heard = ['heard rule 四川', 'heard thanks']
    await vi.waitFor(() => expect(desk?.texts()).toEqual(heard), LONG)
    for (const one of desk.feishu.posted) expect(one).toMatchObject({ root: 'om_root', type: 'post' })
  })

  test.each([
    ['people among themselves', { message: group() }],
    [
      'a mention of someone else',
      { text: '@_user_1 hi', message: group({ mentions: [mention('@_user_1', 'ou_wang')] }) },
    ],
    ['a thread it is not in', { message: group({ root_id: 'om_other' }) }],
    ['another app', { sender: { sender_type: 'app' } }],
    ['someone of another organisation', { sender: { tenant_key: 'other' } }],
    ['an event for another app', { header: { app_id: 'cli_other' } }],
    ['a kind of event it does not know', { header: { event_type: 'im.message.recalled_v1' } }],
    ['a strange chat', { message: { chat_id: '../x' } }],
  ])('not %s', async (_name, event) => {
    desk = await startDesk()
    expect((await desk.send(messageEvent('om_1', event))).status).toBe(200)
    await settled(desk)
    expect(answers(desk)).toEqual([])
  })

  test.each<readonly [{ text?: string; content?: object; keys: boolean }, string]>([
    [{ text: '@_user_1 ask @_user_12', keys: true }, 'ask @Wang'],
    [{ text: '@_user_1@_user_12', keys: true }, '@Wang'],
    [{ text: '@_all hi @_user_9', keys: false }, '@_all hi @_user_9'],
    [
      {
        content: {
          title: 'Case',
          content: [
            [
              { tag: 'text', text: 'see ' },
              { tag: 'a', href: 'https://a.cn', text: 'here' },
              { tag: 'img', image_key: 'k' },
            ],
            [
              { tag: 'at', user_id: '@_user_1', user_name: 'desk' },
              { tag: 'text', text: 'now' },
            ],
          ],
        },
        keys: true,
      },
      'Case\nsee here\n now',
    ],
    [{ content: { image_key: 'img_v2' }, keys: false }, ''],
  ])('%j as %j', async ({ text = '', content, keys }, expected) => {
    desk = await startDesk()
    const mentions = keys ? [mention('@_user_1'), mention('@_user_12', 'ou_wang', 'Wang')] : undefined
    await desk.send(
      messageEvent('om_1', { message: { content: JSON.stringify(content ?? { text }), mentions } }),
    )
    await vi.waitFor(() => expect(desk?.texts()).toEqual([`heard ${expected}`.trim()]), LONG)
  })

  test('a pressed button as its command, in the thread of its card, once', async () => {
    desk = await startDesk()
    const press = pressEvent('p1', { command: 'claim 7K2M', thread: 'om_root' })
    expect(await desk.send(press)).toEqual({ status: 200, text: '{}' })
    await desk.send(press)
    await desk.send(
      pressEvent('p2', { command: 'claim 9', thread: 'om_root' }, { tenant_key: 'other-tenant' }),
    )
    await desk.send(pressEvent('p3', { somebody: 'else' }))
    await desk.send(pressEvent('p4', { command: 'claim 8', thread: '../../x' }))
    await settled(desk)
    expect(answers(desk)).toEqual(['heard claim 7K2M'])
    expect(desk.feishu.posted[0]).toMatchObject({ root: 'om_root' })
  })

  test('a button of a card that stands in no thread begins one, which needs no mention', async () => {
    desk = await startDesk()
    await desk.send(pressEvent('p1', { command: 'claim 7K2M' }))
    await vi.waitFor(() => expect(desk?.texts()).toEqual(['heard claim 7K2M']), LONG)
    await desk.send(messageEvent('om_2', { text: 'hello there', message: group({ root_id: 'om_card' }) }))
    await vi.waitFor(() => expect(desk?.texts()).toEqual(['heard claim 7K2M', 'heard hello there']), LONG)
    for (const one of desk.feishu.posted) expect(one).toMatchObject({ root: 'om_card' })
  })

  test('a message that comes three times at once and again later under another event id, once', async () => {
    desk = await startDesk()
    const event = messageEvent('om_1', { text: 'once' })
    await Promise.all([desk.send(event), desk.send(event), desk.send(event)])
    await vi.waitFor(() => expect(desk?.texts()).toEqual(['heard once']), LONG)
    await desk.send(messageEvent('om_1', { text: 'once', header: { event_id: 'ev-again' } }))
    await settled(desk)
    expect(answers(desk)).toEqual(['heard once'])
  })

  test('is not acknowledged while it cannot be kept, and is answered when it comes again', async () => {
    let away = true
    desk = await startDesk({
      wrap: inboxAway('feishu', () => away),
    })
    const event = messageEvent('om_1', { text: 'kept' })
    expect((await desk.send(event)).status).toBe(500)
    away = false
    expect((await desk.send(event)).status).toBe(200)
    await vi.waitFor(() => expect(desk?.texts()).toEqual(['heard kept']), LONG)
  })
})
