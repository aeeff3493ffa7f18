import { Gauge, type Registry } from 'prom-client'
import type { DeadLetters } from '../bot/dead-letters.ts'

/** `icpbot_dead_letters{queue}`: work given up and not settled yet, whichever process gave it up. Alarm above 0. */
export function countDeadLetters(registry: Registry, deadLetters: DeadLetters): void {
  new Gauge({
    name: 'icpbot_dead_letters',
    help: 'Work that was given up after many attempts and waits for an operator (npm run dead-letters)',
    labelNames: ['queue'],
    registers: [registry],
    async collect() {
      // While the store is away the last number stands: the other metrics are needed most then.
      const open = await deadLetters.open().catch(() => undefined)
      if (open === undefined) return
      const counts = new Map<string, number>()
      for (const { queue } of open) counts.set(queue, (counts.get(queue) ?? 0) + 1)
      this.reset()
      for (const [queue, count] of counts) this.set({ queue }, count)
    },
  })
}
