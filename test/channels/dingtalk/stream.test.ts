import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Stream } from '../../../src/channels/dingtalk/stream.ts'
import { CORP, messageFrame } from '../../support/platforms/dingtalk.ts'
import { connected, LONG, said, SECRETS, startDesk, type Desk } from './support.ts'
import { inboxAway } from '../messaging/support.ts'

let desk: Desk | undefined
afterEach(async () => {
  await desk?.close()
  desk = undefined
})
const answerOf = (frame: string) =>
  vi.waitFor(() => {
    const answer = desk?.dingtalk.answers.get(frame)
    expect(answer).toBeDefined()
    return answer
  }, LONG)

describe('frames', () => {
  test('a message is kept, acknowledged and answered; delivered again, answered once', async () => {
    desk = await startDesk()
    await connected(desk)
    const { dingtalk } = desk
    const first = dingtalk.say('one', { msgId: 'msgOne==' })
    const again = dingtalk.say('one', { msgId: 'msgOne==' })
    const second = dingtalk.say('two')
    await said(desk, ['heard one', 'heard two'])
    for (const frame of [first, again, second])
      expect(await answerOf(frame)).toEqual({ code: 200, data: { response: null } })
    expect(dingtalk.calls).not.toContain('/v1.0/oauth2/accessToken')
  })

  test('the published ping is answered with what it holds, events and other topics in their way', async () => {
    desk = await startDesk()
    await connected(desk)
    const { dingtalk } = desk
    dingtalk.push(
      '{"type":"SYSTEM","headers":{"topic":"ping","messageId":"213d841d_972_1898bb26334_70a7","contentType":"application/json"},"data":"{\\"opaque\\" : \\"123-dsfs\\"}"}',
    )
    expect(await answerOf('213d841d_972_1898bb26334_70a7')).toEqual({
      code: 200,
      data: { opaque: '123-dsfs' },
    })
    dingtalk.push(
      '{"specVersion":"1.0","type":"EVENT","headers":{"topic":"dingTalk","messageId":"event-1","contentType":"application/json","time":"167123345","eventType":"user_add_org"},"data":"{\\"userId\\":[\\"015xxxx227\\"]}"}',
    )
    expect(await answerOf('event-1')).toEqual({ code: 200, data: { status: 'SUCCESS' } })
    const other = messageFrame('card-1', {})
    dingtalk.push({ ...other, headers: { messageId: 'card-1', topic: '/v1.0/card/instances/callback' } })
    expect((await answerOf('card-1'))?.code).toBe(404)
  })

  test('frames that make no sense do nothing, and the next is heard', async () => {
    desk = await startDesk()
    await connected(desk)
    const { dingtalk } = desk
    for (const frame of ['{not json', '[]', 'null', '{"type":"CALLBACK"}', '{"type":"OTHER","headers":{}}'])
      dingtalk.push(frame)
    dingtalk.push(messageFrame('cut', '{"msgId":"msgCut==","text":{"cont'))
    dingtalk.push(messageFrame('proto', '{"__proto__":{"msgId":"x"},"msgtype":"text"}'))
    dingtalk.say('x'.repeat(20_001))
    dingtalk.say('still here')
    await said(desk, ['heard still here'])
    // Acknowledged: DingTalk could send them again as often as it likes, they would make no more sense.
    expect((await answerOf('cut'))?.code).toBe(200)
    expect((await answerOf('proto'))?.code).toBe(200)
  })

  test('people from elsewhere and talk among themselves are not heard', async () => {
    desk = await startDesk()
    await connected(desk)
    const { dingtalk } = desk
    dingtalk.say('from another organisation', { senderCorpId: 'dingother' })
    dingtalk.say('from nobody known', { senderStaffId: undefined })
    dingtalk.say('not to the robot', { isInAtList: false })
    dingtalk.say('to the robot')
    await said(desk, ['heard to the robot'])
  })

  test('voice and rich text are read; pictures are words of nobody', async () => {
    const seen: unknown[] = []
    desk = await startDesk({
      logic: async ({ activity }) => {
        seen.push([activity.text, activity.from.id, activity.conversation.isGroup])
      },
    })
    await connected(desk)
    const { dingtalk } = desk
    dingtalk.say('', { msgtype: 'audio', content: { recognition: '四川个人', duration: 900 } })
    dingtalk.say('', {
      msgtype: 'richText',
      content: { richText: [{ text: '@助手 rule ' }, { type: 'picture' }, { text: '四川' }] },
    })
    dingtalk.say('', { msgtype: 'picture', content: { downloadCode: 'x' }, conversationType: '1' })
    await vi.waitFor(() => expect(seen).toHaveLength(3), LONG)
    const li = `${CORP}|0142`
    expect(seen).toEqual(
      expect.arrayContaining([
        ['四川个人', li, true],
        ['rule 四川', li, true],
        ['', li, false],
      ]),
    )
  })
})

describe('connections', () => {
  test('one that DingTalk announces to end is listened to until the next is there', async () => {
    desk = await startDesk()
    await connected(desk)
    const { dingtalk } = desk
    const [first] = dingtalk.sockets
    first?.send(
      '{"type":"SYSTEM","headers":{"topic":"disconnect","contentType":"application/json"},"data":"{\\"reason\\":\\"connection is expired\\"}"}',
    )
    // Said while there is the old connection alone.
    dingtalk.say('in between')
    await said(desk, ['heard in between'])
    await connected(desk, 2)
    first?.close()
    dingtalk.say('after')
    await said(desk, ['heard in between', 'heard after'])
    await connected(desk, 1)
    expect(desk.logged).toEqual([])
  }, 20_000)

  test('one that breaks, again and again, is followed by another with a ticket of its own', async () => {
    desk = await startDesk()
    const { dingtalk } = desk
    for (let at = 0; at < 3; at += 1) {
      await connected(desk)
      dingtalk.say(`${at}`)
      await said(
        desk,
        Array.from({ length: at + 1 }, (_, one) => `heard ${one}`),
      )
      const [socket] = dingtalk.sockets
      socket?.terminate()
      await vi.waitFor(() => expect(dingtalk.sockets.has(socket!)).toBe(false), LONG)
    }
    await connected(desk)
    expect(dingtalk.calls.filter((path) => path.endsWith('/connections/open'))).toHaveLength(4)
  }, 30_000)

  test('a frame larger than any of DingTalk ends the connection, not the channel', async () => {
    desk = await startDesk()
    await connected(desk)
    const { dingtalk } = desk
    const [socket] = dingtalk.sockets
    dingtalk.push(messageFrame('large', 'x'.repeat(1_100_000)))
    await vi.waitFor(() => expect(dingtalk.sockets.has(socket!)).toBe(false), LONG)
    await connected(desk)
    dingtalk.say('still here')
    await said(desk, ['heard still here'])
  }, 20_000)

  test('one on which nothing comes, not even the answer to a ping, is given up and never counted as open', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: false })
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    let opened = false
    const stream = new Stream({
      api: { openConnection: async () => new URL(`ws://127.0.0.1:${port}/`) },
      receive: async () => undefined,
      onNotKept: () => undefined,
      onBroken: () => undefined,
      silenceMs: 300,
    })
    await stream.connect(new AbortController().signal, () => (opened = true))
    await stream.settled()
    expect(opened).toBe(false)
    await new Promise((resolve) => server.close(resolve))
  })

  test('refused credentials are told, without them', async () => {
    desk = await startDesk({ settings: { clientSecret: 'client-secret-of-another' } })
    const { logged } = desk
    await vi.waitFor(() => expect(logged.join('\n')).toContain('authFailed'), LONG)
    expect(logged.join('\n')).not.toMatch(SECRETS)
  })
})

test('what cannot be kept yet is kept later, for DingTalk sends it once', async () => {
  let away = true
  const { dingtalk } = (desk = await startDesk({
    wrap: inboxAway('dingtalk', () => away),
  }))
  await connected(desk)
  const frame = dingtalk.say('kept')
  dingtalk.push({
    type: 'SYSTEM',
    headers: { topic: 'ping', messageId: 'ping-1' },
    data: '{"opaque":"1"}',
  })
  // The ping behind it is answered, the message is not.
  await answerOf('ping-1')
  expect(dingtalk.answers.has(frame)).toBe(false)
  away = false
  await said(desk, ['heard kept'])
  expect((await answerOf(frame))?.code).toBe(200)
})
