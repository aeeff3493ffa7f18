import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../src/errors.ts'
import { readConfig } from '../../src/server/config.ts'
import { storeConfig } from '../../src/server/store-config.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/port.ts'
import { freePort, redisAvailable, type RedisServer, startRedis } from '../support/redis-server.ts'

const URL_ = { REDIS_URL: 'redis://127.0.0.1:6379' }
const TLS = { REDIS_URL: 'rediss://127.0.0.1:6379' }

describe('what the environment says about Redis', () => {
  it.each<readonly [string, NodeJS.ProcessEnv, string]>([
    ['an address that is none', { REDIS_URL: 'localhost' }, 'REDIS_URL'],
    ['a query in the address', { REDIS_URL: 'redis://h/0?tls=insecure' }, 'REDIS_URL'],
    ['a password without an address', { REDIS_PASSWORD: 'geheim' }, 'REDIS_PASSWORD'],
    [
      'a password in two places',
      { REDIS_URL: 'redis://:geheim@h', REDIS_PASSWORD: 'geheim' },
      'REDIS_PASSWORD',
    ],
    ['a user without a password', { ...URL_, REDIS_USERNAME: 'bot' }, 'REDIS_USERNAME'],
    ['a certificate without TLS', { ...URL_, REDIS_TLS_CA_FILE: 'ca.pem' }, 'REDIS_TLS_CA_FILE'],
    ['half a pair', { ...TLS, REDIS_TLS_KEY_FILE: 'key.pem' }, 'REDIS_TLS_CERT_FILE'],
    [
      'certificates that are not checked',
      { ...TLS, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      'NODE_TLS_REJECT_UNAUTHORIZED',
    ],
    [
      'a Sentinel password without Sentinel',
      { ...URL_, REDIS_SENTINEL_PASSWORD: 'geheim' },
      'REDIS_SENTINEL_PASSWORD',
    ],
    ['retention that is no number', { ...URL_, REDIS_TTL_SECONDS: 'case:=soon' }, 'REDIS_TTL_SECONDS'],
    ['retention said twice', { ...URL_, REDIS_TTL_SECONDS: 'case:=1,case:=2' }, 'REDIS_TTL_SECONDS'],
    ['a prefix with braces', { ...URL_, REDIS_KEY_PREFIX: '{a}' }, 'REDIS_KEY_PREFIX'],
    ['no time at all', { ...URL_, REDIS_TIMEOUT_MS: '0' }, 'REDIS_TIMEOUT_MS'],
    ['no call at all', { ...URL_, REDIS_MAX_PENDING: '0' }, 'REDIS_MAX_PENDING'],
  ])('%s is refused by the name of the variable', (_, environment, name) => {
    const error = refusal(() => readConfig(environment))
    expect(error.message).toContain(`- ${name}: `)
    expect(error.message).not.toContain('geheim')
  })

  it('reaches the store, all of it', () => {
    const config = readConfig({
      REDIS_URL: 'rediss+sentinel://a,b/main',
      REDIS_USERNAME: 'bot',
      REDIS_PASSWORD: 'p',
      REDIS_TTL_SECONDS: 'case:=2592000, dl:log:=0',
      REDIS_TIMEOUT_MS: '700',
      REDIS_MAX_PENDING: '5',
      REDIS_TLS_SERVERNAME: 'redis.example',
      REDIS_SENTINEL_USERNAME: 's',
      REDIS_SENTINEL_PASSWORD: 'sp',
    })
    expect(storeConfig(config, '/')).toMatchObject({
      kind: 'redis',
      url: 'rediss+sentinel://a,b/main',
      username: 'bot',
      password: 'p',
      keyPrefix: 'icp:',
      timeoutMs: 700,
      maxPending: 5,
      ttlSeconds: { 'case:': 2_592_000, 'dl:log:': 0 },
      tls: { servername: 'redis.example' },
      sentinelUsername: 's',
      sentinelPassword: 'sp',
    })
    expect(storeConfig(readConfig({ DATA_DIR: 'here' }), '/root')).toEqual({
      kind: 'embedded',
      path: '/root/here',
    })
  })

  it('names the variable of a file that is not there or holds something else', async () => {
    const missing = readConfig({ ...TLS, REDIS_TLS_CA_FILE: '/nowhere/ca.pem' })
    expect(refusal(() => storeConfig(missing, '/')).message).toMatch(/REDIS_TLS_CA_FILE.*ENOENT/)
    const wrong = readConfig({ ...TLS, REDIS_TLS_CA_FILE: join(import.meta.dirname, '../../package.json') })
    expect(refusal(() => storeConfig(wrong, '/')).message).toMatch(/REDIS_TLS_CA_FILE.*no PEM/)
  })
})

const withOpenssl = spawnSync('openssl', ['version']).status === 0

describe.skipIf(!redisAvailable || !withOpenssl)('a Redis that asks for everything', () => {
  let folder: string
  let server: RedisServer
  let environment: NodeJS.ProcessEnv
  const open = async (more: NodeJS.ProcessEnv = {}): Promise<Store> =>
    openStore(storeConfig(readConfig({ ...environment, ...more }), '/'))

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'redis-env-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    certificate(key, cert)
    const port = await freePort()
    server = await startRedis({
      settings: [
        ...['--tls-port', `${port}`, '--tls-cert-file', cert, '--tls-key-file', key],
        ...['--tls-ca-cert-file', cert, '--tls-auth-clients', 'yes'],
      ],
    })
    await server.admin.call('ACL', 'SETUSER', 'bot', 'reset', 'on', '>p@:/#', '~own:*', '&own:*', '+@all')
    environment = {
      REDIS_URL: `rediss://127.0.0.1:${port}`,
      REDIS_USERNAME: 'bot',
      REDIS_PASSWORD: 'p@:/#',
      REDIS_KEY_PREFIX: 'own:',
      REDIS_TIMEOUT_MS: '3000',
      REDIS_TTL_SECONDS: 'case:=100',
      REDIS_TLS_CA_FILE: cert,
      REDIS_TLS_CERT_FILE: cert,
      REDIS_TLS_KEY_FILE: key,
    }
  })
  afterAll(async () => {
    await server.stop()
    await rm(folder, { recursive: true })
  })

  it('gets it: client certificate, user, prefix, retention', async () => {
    const store = await open()
    await store.ready()
    await store.documents.put([{ key: 'case:a', expected: 0, value: 1 }])
    const [name = ''] = await server.admin.keys('own:*:doc:case:a')
    expect(await server.admin.ttl(name)).toBeGreaterThan(90)
    expect((await server.admin.keys('*')).filter((one) => !one.startsWith('own:'))).toEqual([])
    await store.close()
  })

  it.each<readonly [string, NodeJS.ProcessEnv, string]>([
    ['a wrong password', { REDIS_PASSWORD: 'other' }, 'WRONGPASS'],
    ['a prefix the user may not use', { REDIS_KEY_PREFIX: 'icp:' }, 'refuses this user'],
    [
      'no authority',
      { REDIS_TLS_CA_FILE: '', REDIS_TLS_CERT_FILE: '', REDIS_TLS_KEY_FILE: '' },
      'certificate',
    ],
    ['another name in the certificate', { REDIS_TLS_SERVERNAME: 'other.example' }, 'certificate'],
  ])('says what is wrong: %s', async (_, more, said) => {
    await expect(open(more)).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining(said) as string,
    })
  })

  it('needs no user for a password alone', async () => {
    const guarded = await startRedis({ settings: ['--requirepass', 'right'], password: 'right' })
    const plain = { REDIS_URL: guarded.url, REDIS_PASSWORD: 'right' }
    const store = await openStore(storeConfig(readConfig(plain), '/'))
    await store.ready()
    await store.close()
    await guarded.stop()
  })

  it('is found through a Sentinel that asks for a password of its own', async () => {
    const primary = await startRedis()
    const sentinel = await startRedis({
      file: `sentinel monitor main 127.0.0.1 ${primary.port} 1\nrequirepass watch\n`,
      password: 'watch',
    })
    const group = { REDIS_URL: `redis+sentinel://127.0.0.1:${sentinel.port}/main`, REDIS_TIMEOUT_MS: '1500' }
    const store = await openStore(
      storeConfig(readConfig({ ...group, REDIS_SENTINEL_PASSWORD: 'watch' }), '/'),
    )
    await store.ready()
    await store.close()
    await expect(openStore(storeConfig(readConfig(group), '/'))).rejects.toMatchObject({
      code: 'config-invalid',
      remedy: expect.stringContaining('REDIS_SENTINEL_PASSWORD') as string,
    })
    await sentinel.stop()
    await primary.stop()
  })

  it('takes a certificate only from a file it can use', async () => {
    const broken = join(folder, 'broken.pem')
    await writeFile(broken, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')
    await expect(open({ REDIS_TLS_CERT_FILE: broken })).rejects.toBeInstanceOf(AppError)
  })
})

function refusal(work: () => unknown): AppError {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError && error.code === 'config-invalid') return error
    throw error
  }
  throw new Error('it was taken')
}

function certificate(key: string, cert: string): void {
  const { status, stderr } = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-keyout', key, '-out', cert, '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'],
  ])
  if (status !== 0) throw new Error(stderr.toString())
}
