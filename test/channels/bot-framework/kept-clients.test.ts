import { ActivityTypes, type Activity } from 'botbuilder'
import { expect, it } from 'vitest'
import { createAuthentication } from '../../../src/channels/bot-framework/authentication.ts'

const authentication = createAuthentication(
  {
    logic: () => Promise.resolve(),
    appId: undefined,
    appPassword: undefined,
    appType: undefined,
    tenantId: undefined,
    production: false,
    log: { error: () => undefined },
  },
  () => undefined,
)
const activity: Partial<Activity> = {
  type: ActivityTypes.Message,
  channelId: 'emulator',
  serviceUrl: 'http://127.0.0.1:9/',
  from: { id: 'u', name: '' },
  recipient: { id: 'b', name: '' },
  conversation: { id: 'c', isGroup: false, conversationType: '', name: '' },
}

async function connector(serviceUrl: string) {
  const { connectorFactory, audience = '' } = await authentication.authenticateRequest(
    activity as Activity,
    '',
  )
  return connectorFactory?.create(serviceUrl, audience)
}

it('turns from the same address share a connector client, and those from another do not', async () => {
  const first = await connector('http://127.0.0.1:9/')
  expect(first).toBeDefined()
  expect(await connector('http://127.0.0.1:9/')).toBe(first)
  expect(await connector('http://127.0.0.1:10/')).not.toBe(first)
})

it('many addresses do not stay for ever', async () => {
  const first = await connector('http://127.0.0.1:1/')
  for (let port = 100; port < 200; port += 1) await connector(`http://127.0.0.1:${port}/`)
  expect(await connector('http://127.0.0.1:1/')).not.toBe(first)
})

it('turns share the client for sign-in tokens', async () => {
  const { claimsIdentity } = await authentication.authenticateRequest(activity as Activity, '')
  expect(await authentication.createUserTokenClient(claimsIdentity)).toBe(
    await authentication.createUserTokenClient(claimsIdentity),
  )
})
