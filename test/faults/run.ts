import { setTimeout as pause } from 'node:timers/promises'
import { startProcess, type Running } from '../support/process.ts'
import { checkConversation } from './check.ts'
import { StubbornClient } from './client.ts'
import { seeded, talk } from './talk.ts'

export interface FaultRun {
  /** Environment of each server process; with several, clients change between them. */
  readonly servers: readonly Readonly<Record<string, string>>[]
  readonly clients: number
  /** Ends once so many messages met a fault. */
  readonly faultedTurns: number
  readonly seed: number
  /** Other faults beside killing the servers, such as a restart of their store. */
  readonly alsoBreak?: () => Promise<void>
  readonly progress?: (line: string) => void
}

export interface FaultReport {
  readonly conversations: number
  readonly turns: number
  readonly faultedTurns: number
  readonly kills: number
  readonly problems: readonly string[]
}

const TURNS_OF_A_CONVERSATION = 30

/** Kills servers with SIGKILL at random points while many people talk, then checks every conversation. */
export async function runFaults(run: FaultRun): Promise<FaultReport> {
  const random = seeded(run.seed)
  const ending = new AbortController()
  const cluster = await Cluster.start(run.servers)
  const finished: StubbornClient[] = []
  const active = new Set<StubbornClient>()
  const faulted = () => [...finished, ...active].reduce((sum, client) => sum + client.faulted, 0)
  const enough = () => faulted() >= run.faultedTurns
  const problems: string[] = []

  const people = Array.from({ length: run.clients }, async (_, at) => {
    const own = seeded(run.seed + at + 1)
    while (!enough() && problems.length === 0) {
      const client = new StubbornClient(
        () => cluster.address(own),
        own() < 0.5 ? 'en' : 'zh-CN',
        ending.signal,
      )
      active.add(client)
      try {
        await talk(client, TURNS_OF_A_CONVERSATION, own)
      } catch (error) {
        problems.push(`${client.conversationId}: ${String(error)}`)
      }
      active.delete(client)
      finished.push(client)
    }
  })
  let kills = 0
  const breaking = (async () => {
    while (!enough() && problems.length === 0) {
      await pause(100 + random() * 900)
      if (run.alsoBreak && random() < 0.15) await run.alsoBreak()
      else await cluster.killOne(random)
      kills += 1
      if (kills % 25 === 0) run.progress?.(`${kills} kills, ${faulted()} faulted turns`)
    }
  })()
  await Promise.all([...people, breaking])
  for (const client of finished) problems.push(...(await checkConversation(client)))
  ending.abort()
  await cluster.end()
  return {
    conversations: finished.length,
    turns: finished.reduce((sum, client) => sum + client.acknowledged.length, 0),
    faultedTurns: faulted(),
    kills,
    problems,
  }
}

/** Server processes that are started again, at the same port, whenever one is killed. */
class Cluster {
  readonly #running: Running[]
  readonly #environments: readonly Readonly<Record<string, string>>[]

  private constructor(running: Running[], environments: readonly Readonly<Record<string, string>>[]) {
    this.#running = running
    this.#environments = environments
  }

  static async start(environments: readonly Readonly<Record<string, string>>[]): Promise<Cluster> {
    return new Cluster(await Promise.all(environments.map(startProcess)), environments)
  }

  address(random: () => number): string {
    const running = this.#running[Math.floor(random() * this.#running.length)]
    return running?.address ?? ''
  }

  async killOne(random: () => number): Promise<void> {
    const at = Math.floor(random() * this.#running.length)
    const victim = this.#running[at]
    if (!victim) return
    await victim.kill()
    const { port } = new URL(victim.address)
    this.#running[at] = await startProcess({ ...this.#environments[at], PORT: port })
  }

  async end(): Promise<void> {
    await Promise.all(this.#running.map((running) => running.kill()))
  }
}
