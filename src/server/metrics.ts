import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Request, Response, Server } from 'restify'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15]
const WAITS = [1, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400]

/**
 * Prometheus metrics. Labels come from fixed lists, such as the ids of questions, routes and error codes: never from
 * what a person wrote, and never the id of anybody.
 */
export class Metrics {
  readonly registry = new Registry()
  readonly turns = this.#histogram(
    'turn_duration_seconds',
    'Time from a message to its replies being handed to the channel',
    ['channel', 'outcome'],
    SECONDS,
  )
  readonly refused = this.#counter('http_refused_total', 'Requests answered with an error', [
    'route',
    'status',
    'reason',
  ])
  readonly questions = this.#counter('question_total', 'Questions shown, answered and left for good', [
    'question',
    'step',
  ])
  readonly noMatch = this.#counter('no_match_total', 'Messages that fitted no answer', ['question'])
  readonly validation = this.#counter('validation_failed_total', 'Typed answers that were not valid', [
    'question',
  ])
  readonly consents = this.#counter('consents_total', 'Consents given, refused and withdrawn', [
    'consent',
    'answer',
  ])
  readonly conflicts = this.#counter('store_conflicts_total', 'Turns taken anew after another was faster', [])
  readonly reminderLateness = this.#histogram(
    'reminder_lateness_seconds',
    'Time from when a reminder was due to when it was worked off',
    [],
    WAITS,
  )
  readonly handoffWait = this.#histogram(
    'handoff_wait_seconds',
    'Time from asking for a person to one taking over',
    ['outcome'],
    WAITS,
  )
  readonly erased = this.#counter('erased_total', 'Records deleted, by class and why', ['class', 'why'])

  readonly #outboxes = new Map<string, () => number>()
  readonly #connections = new Map<string, () => boolean | undefined>()

  constructor() {
    const outboxes = this.#outboxes
    const connections = this.#connections
    new Gauge({
      name: 'icpbot_channel_connected',
      help: '1 while the connection to a platform of staff is open',
      labelNames: ['channel'],
      registers: [this.registry],
      collect() {
        for (const [channel, isConnected] of connections) {
          const connected = isConnected()
          if (connected !== undefined) this.set({ channel }, connected ? 1 : 0)
        }
      },
    })
    new Gauge({
      name: 'icpbot_outbox_age_seconds',
      help: 'Age of the oldest message that could not be delivered yet',
      labelNames: ['channel'],
      registers: [this.registry],
      collect() {
        for (const [channel, ageMs] of outboxes) this.set({ channel }, ageMs() / 1000)
      },
    })
    collectDefaultMetrics({ register: this.registry, prefix: 'icpbot_' })
  }

  /** @param ageMs how long the oldest message to a channel of messages waits; 0 while none does */
  watchOutbox(channel: string, ageMs: () => number): void {
    this.#outboxes.set(channel, ageMs)
  }

  /** Undefined where a channel keeps no connection of its own. */
  watchConnection(channel: string, isConnected: () => boolean | undefined): void {
    this.#connections.set(channel, isConnected)
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]) {
    return new Counter({ name: `icpbot_${name}`, help, labelNames, registers: [this.registry] })
  }

  #histogram<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: number[],
  ) {
    return new Histogram({ name: `icpbot_${name}`, help, labelNames, buckets, registers: [this.registry] })
  }
}

/** GET /metrics in the Prometheus text format. */
export function mountMetrics(server: Server, { registry }: Metrics): void {
  server.get('/metrics', async (_request: Request, response: Response) => {
    response.sendRaw(200, await registry.metrics(), { 'Content-Type': registry.contentType })
  })
}
