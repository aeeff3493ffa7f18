import { OURS, type Contestant } from './contestants.ts'
import { post } from './load.ts'
import { Agent } from 'node:http'
import { withServers } from './throughput.ts'

export interface Idle {
  readonly conversations: number
  /** Memory of the server with so many conversations begun and silent, in MB: its own, and with the store's pages. */
  readonly own: number
  readonly memory: number
}

const AT_ONCE = 16

/** What conversations cost that nobody speaks in: each had one turn, and is kept in the store alone. */
export async function idle(
  contestants: readonly Contestant[],
  sizes: readonly number[],
): Promise<readonly Idle[]> {
  const ours = contestants.find(({ name }) => name === OURS)
  if (!ours) return []
  return withServers([ours], ['0'], async ([server]) => {
    if (!server) throw new Error('no server')
    const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
    const target = new URL(server.address)
    const measured: Idle[] = []
    let begun = 0
    for (const conversations of sizes) {
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          while (begun < conversations) {
            begun += 1
            await post(agent, target, (await ours.client(server.address)).next())
          }
        }),
      )
      // The collector gives memory back when it has nothing else to do.
      await new Promise((resolve) => setTimeout(resolve, 5_000))
      measured.push({ conversations, own: server.ownMemory(), memory: server.memory() })
      console.error(`idle: ${JSON.stringify(measured.at(-1))}`)
    }
    agent.destroy()
    return measured
  })
}
