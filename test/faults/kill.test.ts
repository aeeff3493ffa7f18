import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { redisAvailable, startRedis } from '../support/redis-server.ts'
import { runFaults } from './run.ts'

it(
  'kill -9 at random points: nothing lost, nothing doubled, nothing mixed up',
  { timeout: 240_000 },
  async () => {
    const data = await mkdtemp(join(tmpdir(), 'icp-faults-'))
    const report = await runFaults({
      servers: [{ DATA_DIR: data, LOG_LEVEL: 'info' }],
      clients: 12,
      faultedTurns: 60,
      seed: 20261124,
    })
    await rm(data, { recursive: true, force: true })
    expect(report.problems).toEqual([])
    expect(report.faultedTurns).toBeGreaterThanOrEqual(60)
    expect(report.kills).toBeGreaterThan(3)
  },
)

it.skipIf(!redisAvailable)(
  'two processes on one Redis, each killed at random, Redis itself restarted: the same',
  { timeout: 240_000 },
  async () => {
    const redis = await startRedis()
    const server = {
      REDIS_URL: redis.url,
      LOG_LEVEL: 'info',
      DIRECT_LINE_SIGNING_KEYS: Buffer.alloc(32, 7).toString('base64'),
    }
    const report = await runFaults({
      servers: [server, server],
      clients: 12,
      faultedTurns: 50,
      seed: 20261125,
      alsoBreak: async () => {
        await redis.kill()
        await redis.start()
      },
    })
    await redis.stop()
    expect(report.problems).toEqual([])
    expect(report.faultedTurns).toBeGreaterThanOrEqual(50)
  },
)
