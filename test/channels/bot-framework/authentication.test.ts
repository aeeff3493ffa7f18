import { createServer, type Server as HttpServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { mountBotFramework } from '../../../src/channels/bot-framework/mount.ts'
import type { BotFrameworkOptions } from '../../../src/channels/bot-framework/options.ts'
import { GLOBAL_CLOUD } from '../../../src/channels/bot-framework/cloud.ts'
import { createHttpServer } from '../../../src/server/http.ts'
import { message, OPEN, startServer, type TestServer } from './support.ts'

const APP_ID = '11111111-2222-3333-4444-555555555555'
const SERVICE_URL = 'https://smba.trafficmanager.net/emea/'
const ISSUER = GLOBAL_CLOUD.tokenIssuer
const credentials = { appId: APP_ID, appPassword: 'a-password', appType: 'MultiTenant' } as const

let keys: { privateKey: CryptoKey; publicKey: CryptoKey }
let others: { privateKey: CryptoKey; publicKey: CryptoKey }
let metadata: HttpServer
let server: TestServer

beforeAll(async () => {
  // The SDK prints every token it refuses.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  keys = await generateKeyPair('RS256', { extractable: true })
  others = await generateKeyPair('RS256', { extractable: true })
  metadata = createServer((request, response) => {
    const address = `http://127.0.0.1:${(metadata.address() as AddressInfo).port}`
    void exportJWK(keys.publicKey).then((jwk) =>
      response.end(
        JSON.stringify(
          request.url === '/keys'
            ? { keys: [{ ...jwk, kid: 'key', use: 'sig', endorsements: ['msteams', 'emulator'] }] }
            : { issuer: ISSUER, jwks_uri: `${address}/keys` },
        ),
      ),
    )
  })
  metadata.listen(0, '127.0.0.1')
  await once(metadata, 'listening')
  server = await startServer({
    ...credentials,
    production: true,
    tenants: ['tenant-1'],
    cloud: {
      ...GLOBAL_CLOUD,
      openIdMetadataUrl: `http://127.0.0.1:${(metadata.address() as AddressInfo).port}/configuration`,
    },
  })
})
afterAll(async () => {
  await server.close()
  metadata.close()
  vi.restoreAllMocks()
})
beforeEach(() => {
  server.turns.length = 0
})

const claims = { iss: ISSUER, aud: APP_ID, serviceurl: SERVICE_URL }
const now = () => Math.floor(Date.now() / 1000)

function token(payload: JWTPayload = {}, key: CryptoKey = keys.privateKey, kid = 'key'): Promise<string> {
  return new SignJWT({ nbf: now() - 60, exp: now() + 3_600, ...claims, ...payload })
    .setProtectedHeader({ alg: 'RS256', kid })
    .sign(key)
}

const sent = (more: object = {}) =>
  message({
    channelId: 'msteams',
    serviceUrl: SERVICE_URL,
    deliveryMode: 'expectReplies',
    conversation: { id: 'c', tenantId: 'tenant-1' },
    ...more,
  })

async function post(authorization: string | undefined, more: object = {}) {
  const { status, body } = await server.post(sent(more), authorization === undefined ? {} : { authorization })
  return [status, body['code']]
}

describe('with credentials', () => {
  it('a token of the channel service opens the door', async () => {
    const answer = await server.post(sent(), { authorization: `Bearer ${await token()}` })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ activities: [{ text: 'echo hello' }, {}] })
    expect(server.turns).toHaveLength(1)
  })

  it('none is 401', async () => {
    expect(await post(undefined)).toEqual([401, 'token-missing'])
    expect(await post('')).toEqual([401, 'token-missing'])
    expect(server.turns).toEqual([])
  })

  it.each<readonly [string, () => string | Promise<string>]>([
    ['one signed with another key', () => token({}, others.privateKey)],
    ['one whose key is not published', () => token({}, others.privateKey, 'another')],
    ['an unsigned one', () => new UnsecuredJWT({ ...claims, exp: now() + 3_600 }).encode()],
    [
      'an unsigned one that looks signed',
      () => `${new UnsecuredJWT({ ...claims, exp: now() + 3_600 }).encode()}AAAA`,
    ],
    [
      'one signed with the public key as a secret',
      async () =>
        new SignJWT({ ...claims, exp: now() + 3_600 })
          .setProtectedHeader({ alg: 'HS256', kid: 'key' })
          .sign(new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)))),
    ],
    ['one for another bot', () => token({ aud: '99999999-2222-3333-4444-555555555555' })],
    ['one of another issuer', () => token({ iss: 'https://example.com' })],
    [
      'one of the Emulator',
      () => token({ iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', ver: '1.0' }),
    ],
    [
      'one of any tenant that says it is of the Emulator',
      () =>
        token({ iss: 'https://sts.windows.net/any-tenant/', tid: 'any-tenant', ver: '1.0', appid: APP_ID }),
    ],
    ['one for another service URL', () => token({ serviceurl: 'https://directline.botframework.com/' })],
    ['one without a service URL', () => token({ serviceurl: undefined })],
    ['one that is not yet good', () => token({ nbf: now() + 3_600 })],
    ['something else', () => 'not-a-token'],
    ['three empty parts', () => '..'],
  ])('%s is 401', async (_name, make) => {
    expect(await post(`Bearer ${await make()}`)).toEqual([401, 'token-invalid'])
    expect(server.turns).toEqual([])
  })

  it('an expired one is 401', async () => {
    const expired = await token({ nbf: now() - 7_200, exp: now() - 3_600 })
    expect(await post(`Bearer ${expired}`)).toEqual([401, 'token-expired'])
  })

  it('a good one under another scheme, or cut short, is 401', async () => {
    const good = await token()
    expect(await post(`Basic ${good}`)).toEqual([401, 'token-invalid'])
    expect(await post(`Bearer ${good.slice(0, -4)}`)).toEqual([401, 'token-invalid'])
    expect(await post(`Bearer  ${good} x`)).toEqual([401, 'token-invalid'])
  })

  it('a key is good for the channels it is endorsed for', async () => {
    expect(await post(`Bearer ${await token()}`, { channelId: 'slack' })).toEqual([401, 'token-invalid'])
  })

  it('a special channel is no way round', async () => {
    const forged = await token({ iss: 'https://sts.windows.net/tenant/' }, others.privateKey)
    expect(await post(`Bearer ${forged}`, { channelId: 'AseChannel' })).toEqual([401, 'token-invalid'])
  })

  it('a good token does not open foreign addresses', async () => {
    const serviceUrl = 'https://evil.trafficmanager.net/'
    const good = await token({ serviceurl: serviceUrl })
    expect(await post(`Bearer ${good}`, { serviceUrl })).toEqual([403, 'service-url-not-allowed'])
    expect(await post(`Bearer ${good}`, { serviceUrl: 'http://127.0.0.1:9/' })).toEqual([
      403,
      'service-url-not-allowed',
    ])
  })

  it('organisations that are not served are refused', async () => {
    const authorization = `Bearer ${await token()}`
    expect(await post(authorization, { conversation: { id: 'c', tenantId: 'tenant-2' } })).toEqual([
      403,
      'token-foreign',
    ])
    expect(await post(authorization, { conversation: { id: 'c' } })).toEqual([403, 'token-foreign'])
    const channelData = { tenant: { id: 'tenant-1' } }
    const [status] = await post(authorization, { conversation: { id: 'c' }, channelData })
    expect(status).toBe(200)
    expect(server.turns).toHaveLength(1)
  })

  it('keys that cannot be fetched are a fault of neither side', async () => {
    const cloud = { ...GLOBAL_CLOUD, openIdMetadataUrl: 'http://127.0.0.1:9/unreachable' }
    const lonely = await startServer({ ...credentials, production: true, cloud })
    const answer = await lonely.post(sent(), { authorization: `Bearer ${await token()}` })
    await lonely.close()
    expect([answer.status, answer.body['code']]).toEqual([502, 'upstream-rejected'])
  })
})

describe('settings', () => {
  const mount = (options: Partial<BotFrameworkOptions>) => () => {
    const log = { error: () => undefined }
    mountBotFramework(createHttpServer({ log }), { ...OPEN, logic: async () => undefined, log, ...options })
  }

  it.each<readonly [string, Partial<BotFrameworkOptions>]>([
    ['production without an app id', { production: true }],
    ['production with an empty app id', { production: true, appId: ' ', appPassword: 'x' }],
    ['an app id without a password', { appId: APP_ID }],
    ['a password without an app id', { appPassword: 'x' }],
    ['one tenant without saying which', { ...credentials, appType: 'SingleTenant' }],
    ['a managed identity without a tenant', { appId: APP_ID, appType: 'UserAssignedMSI' }],
    ['a service host with a scheme', { ...credentials, serviceHosts: ['https://example.com'] }],
    ['a service host that is everything', { ...credentials, serviceHosts: ['.'] }],
    ['a service host that is a whole top level', { ...credentials, serviceHosts: ['.com'] }],
  ])('%s is refused at start', (_name, options) => {
    expect(mount(options)).toThrow(expect.objectContaining({ code: 'config-invalid' }) as Error)
  })

  it.each<readonly [string, Partial<BotFrameworkOptions>]>([
    ['nothing, while developing', {}],
    ['many tenants', { ...credentials, production: true }],
    ['one tenant', { ...credentials, appType: 'SingleTenant', tenantId: 'tenant', production: true }],
    ['a managed identity', { appId: APP_ID, appType: 'UserAssignedMSI', tenantId: 't', production: true }],
  ])('%s is fine', (_name, options) => {
    expect(mount(options)).not.toThrow()
  })
})
