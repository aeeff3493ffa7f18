import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { Refused, TryLater } from '../../../src/channels/messaging/delivery-error.ts'
import { appApi, type AppApi } from '../../../src/channels/wecom/app-api.ts'
import { Unsure } from '../../../src/channels/wecom/outcome.ts'
import { CREDENTIALS, startWecom } from '../../support/platforms/wecom.ts'

const MESSAGE = { msgtype: 'markdown', markdown: { content: 'hello' } }
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

function apiAt(apiUrl: string, clock = () => new Date(), timeoutMs = 5_000): AppApi {
  const { corpId, appSecret: secret } = CREDENTIALS
  return appApi({ corpId, agentId: 1000002, secret, apiUrl, clock, timeoutMs })
}

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('one token serves many at once, until shortly before it ends', async () => {
  const wecom = await startWecom()
  ends.push(() => wecom.close())
  let now = 0
  const api = apiAt(`${wecom.apiUrl}/`, () => new Date(now))
  await Promise.all([1, 2, 3].map(() => api.send('LiHua', MESSAGE)))
  now = (7_200 - 301) * 1_000
  await api.send('LiHua', MESSAGE)
  expect(wecom.calls.filter((method) => method === 'gettoken')).toHaveLength(1)
  now = (7_200 - 299) * 1_000
  await api.send('LiHua', MESSAGE)
  expect(wecom.calls.filter((method) => method === 'gettoken')).toHaveLength(2)
})

test('a member WeCom does not know is refused, though WeCom says ok', async () => {
  const wecom = await startWecom()
  ends.push(() => wecom.close())
  await expect(apiAt(wecom.apiUrl).send('nobody', MESSAGE)).rejects.toThrow(Refused)
  expect(wecom.shown).toEqual([])
})

describe('an answer that', () => {
  test.each<[string, RequestListener]>([
    ['never comes', () => undefined],
    ['is a page', (_request, response) => response.end('<html>')],
    ['is no object', (_request, response) => response.end('[1]')],
    ['has a code that is none', (_request, response) => response.end('{"errcode":"x"}')],
    ['is too long', (_request, response) => response.end(`{"errcode":0,"x":"${'x'.repeat(70_000)}"}`)],
    ['sends elsewhere', (_request, response) => response.writeHead(302, { location: '/x' }).end()],
    ['is an error', (_request, response) => response.writeHead(502).end('{"errcode":0}')],
    ['breaks off', (_request, response) => response.write('{"err', () => response.destroy())],
  ])('%s leaves it open whether the message was taken, and tells no secret', async (_name, listener) => {
    const error: unknown = await apiAt(await serve(listener), undefined, 200)
      .send('LiHua', MESSAGE)
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Unsure)
    expect(String(error)).not.toContain(CREDENTIALS.appSecret)
  })

  test('says yes but holds no token is tried again', async () => {
    const url = await serve((_request, response) => response.end('{"errcode":0}'))
    await expect(apiAt(url).send('LiHua', MESSAGE)).rejects.toThrow(TryLater)
  })
})
