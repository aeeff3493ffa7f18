import { randomBytes } from 'node:crypto'
import { SignJWT, UnsecuredJWT, decodeJwt, decodeProtectedHeader } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KEY, SECRET, startServer, type Answer, type TestServer } from './support.ts'

const PAGE = 'https://page.example'
const OTHER_KEY = new Uint8Array(randomBytes(32))
let now: Date
let server: TestServer

beforeEach(async () => {
  now = new Date()
  server = await startServer({ clock: () => now })
})
afterEach(() => server.close())

function pass(seconds: number) {
  now = new Date(now.getTime() + seconds * 1000)
}

function expectError(answer: Answer, status: number, code: string) {
  expect([answer.status, answer.body.error?.code]).toEqual([status, code])
  // Two sentences at least: what is wrong, and how to mend it.
  expect(answer.body.error?.message).toMatch(/\w.*\. \w.*/s)
  expect(Object.keys(answer.body)).toEqual(['error'])
}

describe('tokens/generate', () => {
  it('gives anybody a token for a new conversation and an unguessable user, where tokens are public', async () => {
    const first = await server.generate()
    const second = await server.generate()
    expect(first.expires_in).toBe(1800)
    const claims = decodeJwt(first.token)
    expect(claims).toMatchObject({
      conv: first.conversationId,
      user: expect.stringMatching(/^dl_[\w-]{22}$/) as string,
    })
    expect(Number(claims.exp) - Number(claims.iat)).toBe(1800)
    expect(decodeJwt(second.token)['user']).not.toBe(claims['user'])
    expect(second.conversationId).not.toBe(first.conversationId)
  })

  it('lets nobody but the holder of the secret name the user', async () => {
    const body = { user: { id: 'u-7' } }
    expect(decodeJwt((await server.generate({ body })).token)['user']).toMatch(/^dl_/)
    expect(decodeJwt((await server.generate({ body, token: SECRET })).token)['user']).toBe('u-7')
    const odd = { user: { id: '' } }
    expectError(
      await server.call('POST', 'tokens/generate', { body: odd, token: SECRET }),
      400,
      'BadArgument',
    )
  })

  it('asks for the secret where tokens are not public', async () => {
    await server.close()
    server = await startServer({ publicTokens: false })
    expectError(await server.call('POST', 'tokens/generate'), 401, 'MissingToken')
    expect((await server.call('POST', 'tokens/generate', { token: SECRET })).status).toBe(200)
  })

  it.each(['wrong', `${SECRET}x`, SECRET.slice(1)])('refuses the wrong secret %s even so', async (token) => {
    expectError(await server.call('POST', 'tokens/generate', { token }), 403, 'BadSecret')
  })

  it('refuses another scheme, an empty bearer and a body that is no object', async () => {
    const basic = { authorization: 'Basic eDp5' }
    expectError(await server.call('POST', 'tokens/generate', { headers: basic }), 403, 'BadToken')
    expectError(
      await server.call('POST', 'tokens/generate', { headers: { authorization: 'Bearer' } }),
      403,
      'BadToken',
    )
    expectError(
      await server.call('POST', 'tokens/generate', { token: SECRET, body: [1] }),
      400,
      'BadArgument',
    )
  })

  it('refuses a conversation token: that is refreshed', async () => {
    const { token } = await server.start()
    expectError(await server.call('POST', 'tokens/generate', { token }), 403, 'BadToken')
  })
})

describe('origins', () => {
  it('takes pages of its own host and no others by default', async () => {
    const same = { headers: { origin: `http://${server.host}` } }
    const answer = await server.call('POST', 'tokens/generate', same)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe(`http://${server.host}`)
    for (const origin of [PAGE, 'null', `http://${server.host}.evil.example`, 'http://127.0.0.1'])
      expectError(
        await server.call('POST', 'tokens/generate', { headers: { origin } }),
        403,
        'OriginNotAllowed',
      )
  })

  it('compares listed origins exactly and binds the token to the page it was given to', async () => {
    await server.close()
    server = await startServer({ allowedOrigins: [PAGE, 'https://second.example'] })
    const { token } = await server.generate({ headers: { origin: PAGE } })
    expect((await server.call('POST', 'conversations', { token, headers: { origin: PAGE } })).status).toBe(
      201,
    )
    const second = { token, headers: { origin: 'https://second.example' } }
    expectError(await server.call('POST', 'conversations', second), 403, 'OriginNotAllowed')
    for (const origin of [`${PAGE}.evil.example`, `${PAGE}:8443`, 'http://page.example', PAGE.toUpperCase()])
      expectError(
        await server.call('POST', 'tokens/generate', { headers: { origin } }),
        403,
        'OriginNotAllowed',
      )
  })

  it('keeps the origins that the holder of the secret names', async () => {
    await server.close()
    server = await startServer({ allowedOrigins: [PAGE, 'https://second.example'] })
    const { token } = await server.generate({ token: SECRET, body: { trustedOrigins: [`${PAGE}/`] } })
    const use = (origin: string) => server.call('POST', 'tokens/refresh', { token, headers: { origin } })
    expect((await use(PAGE)).status).toBe(200)
    expectError(await use('https://second.example'), 403, 'OriginNotAllowed')
  })

  it('answers preflights, and lets an allowed page read errors', async () => {
    const origin = `http://${server.host}`
    const preflight = await server.call('OPTIONS', 'conversations/x/activities', { headers: { origin } })
    expect(preflight.status).toBe(204)
    const allowed = preflight.headers.get('access-control-allow-headers')?.split(', ')
    expect(allowed).toEqual(['authorization', 'content-type', 'x-ms-bot-agent', 'x-requested-with'])
    const error = await server.call('GET', 'nothing/here', { headers: { origin } })
    expectError(error, 404, 'NotFound')
    expect(error.headers.get('access-control-allow-origin')).toBe(origin)
    expect(error.headers.get('vary')).toBe('Origin')
    const refused = await server.call('OPTIONS', 'conversations', { headers: { origin: PAGE } })
    expectError(refused, 403, 'OriginNotAllowed')
    expect(refused.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('tokens/refresh', () => {
  it('gives a later token for the same conversation and user', async () => {
    const session = await server.start()
    pass(900)
    const { status, body } = await server.call('POST', 'tokens/refresh', { token: session.token })
    expect(status).toBe(200)
    expect(body).toMatchObject({ conversationId: session.conversationId, expires_in: 1800 })
    const before = decodeJwt(session.token)
    const after = decodeJwt(String(body['token']))
    expect(after['user']).toBe(before['user'])
    expect(Number(after.exp) - Number(before.exp)).toBe(900)
  })

  it('takes neither nothing, nor the secret, nor an expired token', async () => {
    const { token } = await server.generate()
    expectError(await server.call('POST', 'tokens/refresh'), 401, 'MissingToken')
    expectError(await server.call('POST', 'tokens/refresh', { token: SECRET }), 401, 'MissingToken')
    pass(1801)
    expectError(await server.call('POST', 'tokens/refresh', { token }), 403, 'TokenExpired')
  })
})

describe('resuming', () => {
  it('opens the same conversation for the same user days later', async () => {
    const session = await server.start()
    await server.say(session, 'before')
    pass(29 * 24 * 3600)
    const fresh = await server.generate({ token: session.resumeToken })
    expect(fresh.conversationId).toBe(session.conversationId)
    expect(decodeJwt(fresh.token)['user']).toBe(decodeJwt(session.token)['user'])
    const again = await server.call('POST', 'conversations', { token: fresh.token })
    expect(again.status).toBe(200)
    expect(again.body).toMatchObject({
      conversationId: session.conversationId,
      resumeToken: expect.any(String) as string,
    })
    expect((await server.activities(fresh)).activities).toHaveLength(3)
  })

  it('ends after 30 days', async () => {
    const { resumeToken } = await server.start()
    pass(30 * 24 * 3600 + 1)
    expectError(await server.call('POST', 'tokens/generate', { token: resumeToken }), 403, 'TokenExpired')
  })

  it('is all a resume token is good for', async () => {
    const { resumeToken, conversationId } = await server.start()
    const path = `conversations/${conversationId}/activities`
    expectError(await server.call('GET', path, { token: resumeToken }), 403, 'BadToken')
    expectError(await server.call('POST', 'tokens/refresh', { token: resumeToken }), 403, 'BadToken')
  })
})

describe('forged tokens', () => {
  const claims = () => ({ conv: 'A'.repeat(22), user: 'dl_x', origins: [], aud: 'conversation' })
  const ISSUER = 'urn:icp-filing-assistant:directline'
  const sign = (kid: string | undefined, key = OTHER_KEY) =>
    new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', ...(kid ? { kid } : {}) })
      .setIssuer(ISSUER)
      .setExpirationTime('1h')
      .sign(key)

  it('are refused in every guise', async () => {
    const { token } = await server.generate()
    const kid = decodeProtectedHeader(token).kid
    const [head, , signature] = token.split('.')
    const payload = Buffer.from(JSON.stringify({ ...decodeJwt(token), user: 'dl_admin' })).toString(
      'base64url',
    )
    const forged = [
      new UnsecuredJWT(claims()).setIssuer(ISSUER).setExpirationTime('1h').encode(),
      await sign(kid),
      await sign(undefined),
      await sign('__proto__'),
      `${head}.${payload}.${signature}`,
      token.slice(0, -2),
      'a.b.c',
      '..',
    ]
    for (const token of forged)
      expectError(await server.call('POST', 'conversations', { token }), 403, 'BadToken')
  })

  it('are refused where our own key signed something else', async () => {
    const kid = decodeProtectedHeader((await server.generate()).token).kid
    const sign = (payload: Record<string, unknown>) =>
      new SignJWT(payload)
        .setProtectedHeader({ alg: 'HS256', kid: kid ?? '' })
        .setExpirationTime('1h')
        .sign(KEY)
    for (const payload of [
      claims(),
      { ...claims(), iss: ISSUER, conv: '../x' },
      { ...claims(), iss: ISSUER, aud: 'other' },
    ])
      expectError(await server.call('POST', 'conversations', { token: await sign(payload) }), 403, 'BadToken')
  })
})

describe('rotating keys', () => {
  it('goes on taking tokens of an older key until that key is gone', async () => {
    const session = await server.start()
    const { store } = server
    const after = await startServer({ store, signingKeys: [OTHER_KEY, KEY] })
    const refreshed = await after.call('POST', 'tokens/refresh', { token: session.token })
    expect(refreshed.status).toBe(200)
    await after.close()
    const later = await startServer({ store, signingKeys: [OTHER_KEY] })
    expectError(await later.call('POST', 'tokens/refresh', { token: session.token }), 403, 'BadToken')
    expect(
      (await later.call('POST', 'tokens/refresh', { token: String(refreshed.body['token']) })).status,
    ).toBe(200)
    await later.close()
  })
})

describe('settings that leave the channel open or useless', () => {
  it.each([
    [{ signingKeys: [new Uint8Array(31)] as const }, /32 bytes/],
    [{ secret: 'short' }, /16 characters/],
    [{ secret: undefined, publicTokens: false }, /Nobody/],
    [{ allowedOrigins: ['https://page.example/'] }, /not an origin/],
    [{ allowedOrigins: ['*'] }, /not an origin/],
  ])('are refused at once', async (options, message) => {
    await expect(startServer(options)).rejects.toThrow(message)
    await expect(startServer(options)).rejects.toMatchObject({ code: 'config-invalid' })
  })
})
