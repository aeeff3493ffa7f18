import { afterAll, beforeAll, describe } from 'vitest'
import { type RedisGroup, redisAvailable, startCluster } from '../support/redis-server.ts'
import { storeConformance } from './conformance.ts'
import { ownSuite } from './redis/own.suite.ts'
import { openEmpty } from './redis/subject.ts'

describe.skipIf(!redisAvailable)('Redis Cluster of three servers', () => {
  let cluster: RedisGroup
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster.stop())

  storeConformance('redis cluster', () => openEmpty(cluster.url))
  ownSuite(() => cluster.url)
})
