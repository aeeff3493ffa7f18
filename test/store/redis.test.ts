import { afterAll, beforeAll, describe } from 'vitest'
import { type RedisServer, redisAvailable, startRedis } from '../support/redis-server.ts'
import { storeConformance } from './conformance.ts'
import { ownSuite } from './redis/own.suite.ts'
import { openEmpty } from './redis/subject.ts'

describe.skipIf(!redisAvailable)('one Redis server', () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())

  storeConformance('redis', () => openEmpty(server.url))
  ownSuite(() => server.url)
})
