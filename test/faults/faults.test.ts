import { expect, it } from 'vitest'
import { redisAvailable } from '../support/redis-server.ts'
import { runFaults } from './run.ts'
import { canMount, SCENARIOS } from './scenarios.ts'

/** The short form of `npm run test:faults`; the long form is the same with more of it. */
const SHORT = [
  ['folder', 60, 'kill -9 at random points'],
  ['full-disk', 30, 'the disk is full now and then'],
  ['redis', 60, 'two processes and their Redis are killed, paused and cut off'],
  ['sentinel', 25, 'Sentinel fails over'],
  ['cluster', 30, 'a node of the cluster is killed'],
] as const

it.each(SHORT)(
  '%s, %d faulted turns, %s: nothing lost, nothing doubled, nothing mixed up',
  { timeout: 240_000 },
  async (name, faultedTurns) => {
    if (name === 'full-disk' && !canMount) return console.log('skipped: no small disk can be mounted here')
    if (['redis', 'sentinel', 'cluster'].includes(name) && !redisAvailable) return
    const scenario = await SCENARIOS[name]()
    const report = await runFaults({ scenario, clients: 12, faultedTurns, seed: 20261124 })
    await scenario.end()
    expect(report.problems).toEqual([])
    expect(report.faultedTurns).toBeGreaterThanOrEqual(faultedTurns)
  },
)
