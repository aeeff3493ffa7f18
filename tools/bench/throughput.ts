import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Contestant } from './contestants.ts'
import { load } from './load.ts'
import { startServer, type Server } from './server.ts'

/** One contestant in one round. */
export interface Round {
  readonly name: string
  readonly oneAtATime: number
  readonly perSecond: number
  /** Turns for each second of processor time of the server: what a core does, however busy the machine is. */
  readonly perCore: number
  /** Milliseconds, at 32 at once. */
  readonly p50: number
  readonly p99: number
  readonly startMs: number
  /** MB after the load. */
  readonly memory: number
}

const CLIENTS = 32
/** What is slow at its first use has happened by then, in every contestant. */
const WARM_MS = 13_000

/** Rounds of all contestants, alternating, so that a slow moment of the machine meets all of them alike. */
export async function throughput(
  contestants: readonly Contestant[],
  rounds: number,
  milliseconds: number,
  warmMs = WARM_MS,
): Promise<readonly Round[]> {
  const measured: Round[] = []
  for (let round = 0; round < rounds; round += 1)
    for (const contestant of contestants) {
      measured.push(await measure(contestant, milliseconds, warmMs))
      console.error(`round ${round + 1}: ${JSON.stringify(measured.at(-1))}`)
    }
  return measured
}

async function measure(contestant: Contestant, milliseconds: number, warmMs: number): Promise<Round> {
  return withServers([contestant], ['0'], async ([server]) => {
    if (!server) throw new Error('no server')
    const { address } = server
    const people = await Promise.all(Array.from({ length: CLIENTS }, () => contestant.client(address)))
    await load(address, people, warmMs)
    const one = await load(address, people.slice(0, 1), milliseconds)
    const before = server.cpu()
    const many = await load(address, people, milliseconds)
    const turns = (many.perSecond * milliseconds) / 1000
    return {
      name: contestant.name,
      oneAtATime: one.perSecond,
      perSecond: many.perSecond,
      perCore: turns / (server.cpu() - before),
      p50: many.p50,
      p99: many.p99,
      startMs: server.startMs,
      memory: server.memory(),
    }
  })
}

/** Turns per second of one process, and of two that share the store, with the same load. */
export async function twoProcesses(
  contestant: Contestant,
  milliseconds: number,
): Promise<{
  readonly one: number
  readonly two: number
  readonly perCoreOne: number
  readonly perCoreTwo: number
}> {
  const run = (cores: readonly string[]) =>
    withServers(
      cores.map(() => contestant),
      cores,
      async (servers) => {
        const parties = await Promise.all(
          servers.map(async ({ address }) => ({
            address,
            people: await Promise.all(
              Array.from({ length: CLIENTS / servers.length }, () => contestant.client(address)),
            ),
          })),
        )
        await Promise.all(parties.map(({ address, people }) => load(address, people, WARM_MS)))
        const cpu = () => servers.reduce((sum, server) => sum + server.cpu(), 0)
        const before = cpu()
        const figures = await Promise.all(
          parties.map(({ address, people }) => load(address, people, milliseconds)),
        )
        const perSecond = figures.reduce((sum, figure) => sum + figure.perSecond, 0)
        return { perSecond, perCore: (perSecond * milliseconds) / 1000 / (cpu() - before) }
      },
    )
  const one = await run(['0'])
  const two = await run(['0', '1'])
  return { one: one.perSecond, two: two.perSecond, perCoreOne: one.perCore, perCoreTwo: two.perCore }
}

/** Servers, each held to its core, for as long as `work` takes. */
export async function withServers<Result>(
  contestants: readonly Contestant[],
  cores: readonly string[],
  work: (servers: readonly Server[]) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  const servers: Server[] = []
  try {
    for (const [at, { file, environment }] of contestants.entries())
      servers.push(
        await startServer(['taskset', '-c', cores[at] ?? '0', process.execPath, file], environment(folder)),
      )
    return await work(servers)
  } finally {
    for (const server of servers) await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
