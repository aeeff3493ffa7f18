import { request } from 'node:http'
import { once } from 'node:events'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openCallback, signatureOf } from '../../../src/channels/wecom/callback-crypto.ts'
import { appMessage, appPress, deliver, seal, signedUrl } from '../../support/platforms/wecom.ts'
import { SEALING, staffLike, startDesk, type Desk } from './support.ts'
import { inboxAway } from '../messaging/support.ts'

const APP = { app: {} }
const LONG = { timeout: 12_000 }
let desk: Desk
afterEach(() => desk.close())
const texts = () => desk.texts()
/** Everything delivered before has been worked off once this has been answered. */
async function settled(): Promise<void> {
  await desk.send(appMessage('999', 'last', { FromUserName: 'Last' }))
  await vi.waitFor(() => expect(texts()).toContain('heard last'), LONG)
}
const answers = () => texts().filter((text) => text !== 'heard last')

describe('who may deliver', () => {
  test('the published example of a signature and of an encrypted echo', async () => {
    desk = await startDesk(APP)
    const echo = 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=='
    const [timestamp, nonce] = ['1409659589', '263014780']
    const signature = '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3'
    expect(signatureOf([SEALING.token, timestamp, nonce, echo])).toBe(signature)
    const signed = { signature, timestamp, nonce, encrypted: echo }
    const at = (seconds: number) => () => openCallback(signed, SEALING, new Date(seconds * 1000))
    for (const now of [1409659589 - 300, 1409659589, 1409659589 + 300])
      expect(at(now)()).toBe('1616140317555161061')
    for (const now of [1409659589 - 301, 1409659589 + 301]) expect(at(now)).toThrow(/no message of WeCom/)
  })

  test('shows WeCom the echo it asks for, and nobody else', async () => {
    desk = await startDesk(APP)
    // Messages of every length modulo the block: half of them have a padding above 16.
    for (let length = 1; length <= 40; length += 1) {
      const echo = '7'.repeat(length)
      const response = await fetch(signedUrl(desk.url, seal(echo, SEALING), SEALING.token, { echo: true }))
      expect([response.status, await response.text()]).toEqual([200, echo])
    }
    const forged = signedUrl(desk.url, seal('123', SEALING), 'another', { echo: true })
    expect((await fetch(forged)).status).toBe(401)
    expect((await fetch(desk.url)).status).toBe(401)
  })

  const OTHER_KEY = 'a'.repeat(42) + 'A'
  test.each([
    ['another signature', {}, { signature: '0'.repeat(40) }],
    ['a signature of another length', {}, { signature: 'x' }],
    ['another token', { token: 'other' }, {}],
    ['another key', { aesKey: OTHER_KEY }, {}],
    ['another corporation', { receiver: 'wx0000000000000000' }, {}],
    ['no corporation', { receiver: '' }, {}],
    ['a recording', {}, { at: Date.now() - 301_000 }],
    ['a date to come', {}, { at: Date.now() + 3_600_000 }],
  ])('refuses %s, with the same words', async (_name, sealing, options) => {
    desk = await startDesk(APP)
    const answer = await deliver(desk.url, appMessage('1', 'in'), { ...SEALING, ...sealing }, options)
    expect(answer.status).toBe(401)
    expect(answer.text).toContain('This is no message of WeCom for this app.')
    await settled()
    expect(answers()).toEqual([])
  })

  test('refuses what was cut, padded wrongly, or claims another length', async () => {
    desk = await startDesk(APP)
    const sealed = seal(appMessage('1', 'in'), SEALING)
    const bytes = Buffer.from(sealed, 'base64')
    const changed = Buffer.from(bytes)
    changed[bytes.length - 1] = (changed.at(-1) ?? 0) ^ 1
    const cut = [sealed.slice(0, -4), bytes.subarray(0, -32), bytes.subarray(16), changed, '', 'x']
    for (const one of cut) {
      const encrypted = typeof one === 'string' ? one : one.toString('base64')
      const body = `<xml><Encrypt>${encrypted}</Encrypt></xml>`
      const url = signedUrl(desk.url, encrypted, SEALING.token)
      expect((await fetch(url, { method: 'POST', body })).status).toBe(401)
    }
    const url = signedUrl(desk.url, sealed, SEALING.token)
    const envelope = `<Encrypt>${sealed}</Encrypt>`
    const many = `<xml>${'<?a?>'.repeat(12_000)}${envelope}</xml>`
    for (const body of [
      '',
      '<xml>',
      '{"Encrypt":"x"}',
      '<xml><Encrypt/></xml>',
      `<xml>${envelope.repeat(2)}</xml>`,
      many,
    ])
      expect((await fetch(url, { method: 'POST', body })).status).toBe(401)
    await settled()
    expect(answers()).toEqual([])
  })

  test('refuses oversized and truncated bodies, and goes on', async () => {
    desk = await startDesk(APP)
    const body = `<xml><Encrypt>${'x'.repeat(200_000)}</Encrypt></xml>`
    expect((await fetch(signedUrl(desk.url, 'x', SEALING.token), { method: 'POST', body })).status).toBe(413)
    const half = request(desk.url, { method: 'POST', headers: { 'content-length': '1000' } })
    half.on('error', () => undefined)
    half.write('<xml>')
    await once(half, 'socket')
    half.destroy()
    await settled()
    expect(answers()).toEqual([])
  })
})

describe('what is heard', () => {
  test('a question, answered with a card; its button, as the command', async () => {
    desk = await startDesk({ ...APP, logic: staffLike })
    expect(await desk.send(appMessage('11', '四川 个人'))).toEqual({ status: 200, text: '' })
    await vi.waitFor(() => expect(texts()).toHaveLength(2), LONG)
    expect(texts()).toEqual([
      '**Rule for 四川 个人**\nAsked by wx5823bf96d3bd56c7|LiHua',
      '[Rule for 四川 个人] Report outdated=outdated 四川 个人',
    ])
    const press = appPress('outdated 四川 个人')
    await desk.send(press)
    await desk.send(press)
    await vi.waitFor(() => expect(texts().at(-1)).toBe('reported: outdated 四川 个人'), LONG)
    await desk.send(appMessage('12', 'next'))
    await vi.waitFor(() => expect(texts()).toHaveLength(5), LONG)
    expect(desk.wecom.shown.map(({ to, by }) => `${by}:${to}`)).toEqual(Array(5).fill('app:LiHua'))
    expect(desk.wecom.calls.filter((method) => method === 'gettoken')).toHaveLength(1)
  }, 15_000)

  test.each([
    ['that somebody opened the app', appPress('x', { Event: 'enter_agent' })],
    ['another app', appMessage('1', 'in', { AgentID: '7' })],
    ['another corporation', appMessage('1', 'in', { ToUserName: 'wx0' })],
    ['a message without an id', appMessage('', 'in')],
    ['a kind it does not know', appMessage('1', 'in', { MsgType: 'shortvideo' })],
    ['an empty sender', appMessage('1', 'in', { FromUserName: '' })],
  ])('not %s', async (_name, xml) => {
    desk = await startDesk(APP)
    expect((await desk.send(xml)).status).toBe(200)
    await settled()
    expect(answers()).toEqual([])
  })

  test('a message that comes four times, once', async () => {
    desk = await startDesk(APP)
    const message = appMessage('5', 'once')
    await Promise.all([0, 1, 2].map(() => desk.send(message)))
    await vi.waitFor(() => expect(texts()).toEqual(['heard once']), LONG)
    await desk.send(message)
    await settled()
    expect(answers()).toEqual(['heard once'])
  })

  test('is not acknowledged while it cannot be kept, and is answered when it comes again', async () => {
    let away = true
    desk = await startDesk({
      ...APP,
      wrap: inboxAway('wecom', () => away),
    })
    const message = appMessage('6', 'kept')
    expect((await desk.send(message)).status).toBe(500)
    away = false
    expect((await desk.send(message)).status).toBe(200)
    await vi.waitFor(() => expect(texts()).toEqual(['heard kept']), LONG)
  })
})

describe('what WeCom does to a message', () => {
  const say = async (...words: string[]) => {
    for (const [at, text] of words.entries()) await desk.send(appMessage(String(100 + at), text))
  }
  test.each([
    ['taken, but the answer is lost', { kind: 'taken-unanswered' }],
    ['a broken connection', { kind: 'cut' }],
    ['a broken server', { kind: 'status', status: 503 }],
    ['busy', { kind: 'code', code: -1 }],
    ['a token that expired early', { kind: 'code', code: 42001 }],
  ] as const)(
    '%s: in order, none lost, none twice',
    async (_name, trouble) => {
      desk = await startDesk(APP)
      desk.wecom.troubles.push(trouble)
      await say('one', 'two')
      await vi.waitFor(() => expect(texts()).toEqual(['heard one', 'heard two']), LONG)
      expect(desk.logged.join('\n')).not.toMatch(/heard|secret|token-/)
    },
    15_000,
  )

  test('the same said twice is said twice', async () => {
    desk = await startDesk(APP)
    await say('ok', 'ok')
    await vi.waitFor(() => expect(texts()).toEqual(['heard ok', 'heard ok']), LONG)
  })

  test('a card of which the answer was lost is there once', async () => {
    desk = await startDesk({ ...APP, logic: staffLike })
    await say('one')
    await vi.waitFor(() => expect(texts()).toHaveLength(2), LONG)
    desk.wecom.troubles.push({ kind: 'taken-unanswered' }, { kind: 'taken-unanswered' })
    await say('one', 'two')
    await desk.send(appMessage('200', 'two'))
    await vi.waitFor(() => expect(texts()).toHaveLength(6), LONG)
    expect(texts()[3]).toBe('[Rule for two] Report outdated=outdated two')
  }, 15_000)

  test.each([40003, 45002, 81013])(
    'errcode %i: given up and told, and the next goes out',
    async (code) => {
      desk = await startDesk(APP)
      desk.wecom.troubles.push({ kind: 'code', code })
      await say('one', 'two')
      await vi.waitFor(() => expect(texts()).toEqual(['heard two']), LONG)
      expect(desk.logged.join('\n')).toMatch(new RegExp(`given up.*errcode ${code}`))
      expect(desk.logged.join('\n')).not.toMatch(/heard|secret|token-/)
    },
    15_000,
  )

  test('too many messages: kept for later', async () => {
    desk = await startDesk(APP)
    desk.wecom.troubles.push({ kind: 'code', code: 45009 })
    await say('one')
    await vi.waitFor(() => expect(desk.logged.join('\n')).toContain('errcode 45009'), LONG)
    expect(desk.logged.join('\n')).not.toContain('given up')
  })

  test('a secret that does not work: what waits is kept, and the secret is not told', async () => {
    desk = await startDesk({ app: { secret: 'wrong-secret-0000' } })
    await say('one')
    await vi.waitFor(() => expect(desk.logged.join('\n')).toContain('gettoken: errcode 40001'), LONG)
    expect(desk.logged.join('\n')).not.toMatch(/given up|wrong-secret/)
  })

  test('all tokens expired: a new one is fetched, and nothing waits', async () => {
    desk = await startDesk(APP)
    await say('one')
    await vi.waitFor(() => expect(texts()).toHaveLength(1), LONG)
    desk.wecom.tokens.clear()
    await desk.send(appMessage('300', 'two'))
    await vi.waitFor(() => expect(texts()).toEqual(['heard one', 'heard two']), LONG)
    expect(desk.logged).toEqual([])
    expect(desk.wecom.calls.filter((method) => method === 'gettoken')).toHaveLength(2)
  })
})
