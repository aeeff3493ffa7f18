import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
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
