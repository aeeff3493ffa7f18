import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRedisStore } from '../../src/store/redis/open.ts'
import { type RedisServer, freePort, redisAvailable, startRedis } from '../support/redis-server.ts'
import { failure, numbered, putOne, take } from './helpers.ts'

const withOpenssl = spawnSync('openssl', ['version']).status === 0
if (!withOpenssl) console.log('skipped: openssl is not installed, so no certificate for the tests of TLS')

describe.skipIf(!redisAvailable || !withOpenssl)('Redis store over TLS', () => {
  let server: RedisServer
  let folder: string
  let url: string
  let ca: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tls-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    makeCertificate(key, cert)
    ca = await readFile(cert, 'utf8')
    const port = await freePort()
    server = await startRedis({
      settings: [
        ...['--tls-port', `${port}`, '--tls-cert-file', cert, '--tls-key-file', key],
        ...['--tls-ca-cert-file', cert, '--tls-auth-clients', 'no'],
      ],
    })
    url = `rediss://127.0.0.1:${port}`
  })
  afterAll(async () => {
    await server.stop()
    await rm(folder, { recursive: true })
  })

  test('works with the authority that signed, its tails too', async () => {
    const store = await openRedisStore({ url, tls: { ca } })
    await putOne(store.documents, 'case:a', 0, 1)
    const taken = take(store.logs.tail('log', 0, new AbortController().signal), 2)
    await store.logs.append('log', numbered(1, 1))
    await store.logs.append('log', numbered(2, 2))
    expect((await taken).map(({ sequence }) => sequence)).toEqual([1, 2])
    await store.close()
  })

  test('refuses a certificate nobody vouches for, or of another name, at once', async () => {
    await failure('config-invalid', () => openRedisStore({ url, timeoutMs: 20_000 }))
    const tls = { ca, servername: 'other.example' }
    await failure('config-invalid', () => openRedisStore({ url, tls, timeoutMs: 20_000 }))
  })

  test('refuses a port that does not speak it', async () => {
    const plain = server.url.replace('redis:', 'rediss:')
    await expect(openRedisStore({ url: plain, tls: { ca }, timeoutMs: 1000 })).rejects.toMatchObject({
      subject: 'REDIS_URL',
    })
  })
})

function makeCertificate(key: string, cert: string): void {
  const { status, stderr } = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-keyout', key, '-out', cert, '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'],
  ])
  if (status !== 0) throw new Error(stderr.toString())
}
