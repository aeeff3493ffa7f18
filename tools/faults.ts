import { parseArgs } from 'node:util'
import { runFaults } from '../test/faults/run.ts'
import { canMount, SCENARIOS } from '../test/faults/scenarios.ts'

/** Of 10,000 faulted turns so many each: the kinds of store that break in most ways get most. */
const SHARES = { folder: 0.25, 'full-disk': 0.1, redis: 0.35, sentinel: 0.15, cluster: 0.15 } as const

/**
 * npm run test:faults -- [--long | --turns N] [--only redis] [--clients 60] [--seed N]: docs/faults.md. Without --long
 * a short one; --long is 10,000 faulted turns.
 */
const { values } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    turns: { type: 'string' },
    only: { type: 'string' },
    clients: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const turns = Number(values.turns ?? (values.long ? 10_000 : 500))
const names = (Object.keys(SCENARIOS) as (keyof typeof SCENARIOS)[]).filter(
  (name) => values.only === undefined || values.only === name,
)
const problems: string[] = []
const rows: object[] = []
console.log(`seed ${values.seed}, ${turns} faulted turns`)
for (const name of names) {
  if (name === 'full-disk' && !canMount) {
    console.log('full-disk: left out, since this machine lets nobody mount a small disk')
    continue
  }
  const began = Date.now()
  const scenario = await SCENARIOS[name]()
  const report = await runFaults({
    scenario,
    clients: Number(values.clients),
    faultedTurns: Math.ceil(turns * (values.only === undefined ? SHARES[name] : 1)),
    seed: Number(values.seed),
    progress: (line) => console.log(`${name}: ${line}`),
  })
  await scenario.end()
  const { conversations, turns: taken, faultedTurns, faults } = report
  rows.push({ name, conversations, turns: taken, faultedTurns, problems: report.problems.length })
  console.log(`${name}: ${Math.round((Date.now() - began) / 1000)} s, ${JSON.stringify(faults)}`)
  problems.push(...report.problems.map((problem) => `${name}: ${problem}`))
}
console.table(rows)
for (const problem of problems.slice(0, 20)) console.error(problem)
process.exitCode = problems.length === 0 && names.length > 0 ? 0 : 1
