import { setTimeout as pause } from 'node:timers/promises'
import { checkConversation } from './check.ts'
import { StubbornClient } from './client.ts'
import type { Scenario } from './scenarios.ts'
import { Servers } from './servers.ts'
import { seeded, talk } from './talk.ts'

export interface FaultRun {
  readonly scenario: Scenario
  readonly clients: number
  /** Ends once so many messages met a fault. */
  readonly faultedTurns: number
  readonly seed: number
  readonly progress?: (line: string) => void
}

export interface FaultReport {
  readonly conversations: number
  readonly turns: number
  readonly faultedTurns: number
  /** How often each fault struck. */
  readonly faults: Readonly<Record<string, number>>
  readonly problems: readonly string[]
}

const TURNS_OF_A_CONVERSATION = 30

/** Lets faults strike at random points while many people talk, then checks every conversation. */
export async function runFaults(run: FaultRun): Promise<FaultReport> {
  const { scenario } = run
  const random = seeded(run.seed)
  const ending = new AbortController()
  const servers = await Servers.start(scenario.servers)
  const finished: StubbornClient[] = []
  const active = new Set<StubbornClient>()
  const faulted = () => [...finished, ...active].reduce((sum, client) => sum + client.faulted, 0)
  const problems: string[] = []
  const over = () => faulted() >= run.faultedTurns || problems.length > 0

  const people = Array.from({ length: run.clients }, async (_, at) => {
    const own = seeded(run.seed + at + 1)
    while (!over()) {
      const address = () => servers.address(own)
      const client = new StubbornClient(address, own() < 0.5 ? 'en' : 'zh-CN', ending.signal)
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
  const struck: Record<string, number> = {}
  const breaking = (async () => {
    for (let strikes = 1; !over(); strikes += 1) {
      await pause(100 + random() * 900)
      const fault = scenario.faults[Math.floor(random() * scenario.faults.length)]
      await fault?.run(servers, random)
      if (fault) struck[fault.name] = (struck[fault.name] ?? 0) + 1
      if (strikes % 25 === 0) run.progress?.(`${strikes} faults, ${faulted()} faulted turns`)
    }
  })()
  try {
    await Promise.all([...people, breaking])
    for (const client of finished) problems.push(...(await checkConversation(client)))
  } finally {
    ending.abort()
    await servers.end()
  }
  return {
    conversations: finished.length,
    turns: finished.reduce((sum, client) => sum + client.acknowledged.length, 0),
    faultedTurns: faulted(),
    faults: struck,
    problems,
  }
}
