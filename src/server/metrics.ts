import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
import type { Request, Response, Server } from 'restify'

/** Prometheus metrics. Labels come from fixed lists: never from what a person wrote. */
export class Metrics {
  readonly registry = new Registry()
  readonly turns: Histogram<'channel' | 'outcome'>
  readonly refused: Counter<'route' | 'status'>

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'icpbot_' })
    this.turns = new Histogram({
      name: 'icpbot_turn_duration_seconds',
      help: 'Time from a message to its replies being handed to the channel',
      labelNames: ['channel', 'outcome'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15],
      registers: [this.registry],
    })
    this.refused = new Counter({
      name: 'icpbot_http_refused_total',
      help: 'Requests answered with an error',
      labelNames: ['route', 'status'],
      registers: [this.registry],
    })
  }
}

/** GET /metrics in the Prometheus text format. */
export function mountMetrics(server: Server, { registry }: Metrics): void {
  server.get('/metrics', async (_request: Request, response: Response) => {
    response.sendRaw(200, await registry.metrics(), { 'Content-Type': registry.contentType })
  })
}
