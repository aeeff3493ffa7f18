import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runFaults } from '../test/faults/run.ts'

/** npm run test:faults -- [--turns 10000] [--clients 60] [--seed N]: the long form of test/faults. */
const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '10000' },
    clients: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const data = await mkdtemp(join(tmpdir(), 'icp-faults-'))
console.log(`seed ${values.seed}`)
const report = await runFaults({
  servers: [{ DATA_DIR: data }],
  clients: Number(values.clients),
  faultedTurns: Number(values.turns),
  seed: Number(values.seed),
  progress: (line) => console.log(line),
})
await rm(data, { recursive: true, force: true })
const { problems, ...numbers } = report
console.table([{ ...numbers, problems: problems.length }])
for (const problem of problems.slice(0, 20)) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
