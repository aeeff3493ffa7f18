import { randomUUID } from 'node:crypto'
import type { WSClient } from '@wecom/aibot-node-sdk'
import { z } from 'zod'
import { TryLater } from '../messaging/delivery-error.ts'
import type { Json } from '../../store/port.ts'
import { Unsure } from './outcome.ts'
import type { BotSettings } from './settings.ts'

export interface ConnectOptions {
  readonly bot: BotSettings
  /** Takes one callback, and never rejects. They are handed over one after the other, in WeCom's order. */
  readonly receive: (body: unknown, request: string) => Promise<void>
  readonly waits: { readonly forSubscription: number; readonly heartbeat: number }
}

const MOST_BYTES = 1024 * 1024
const nothing = (): void => undefined
/** The client would log whole messages. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing }
const frameSchema = z.object({ headers: z.object({ req_id: z.string() }), body: z.unknown() })
const outcomeSchema = z.object({ errcode: z.number() })

/**
 * One connection of the bot's, until either side ends it. One client of the SDK serves one connection: left to itself
 * it waits for a subscription for ever, never comes back after another connection, and gives up in the end.
 * @throws TryLater where WeCom did not accept the bot, or was not there
 */
export async function connect(
  { bot, receive, waits }: ConnectOptions,
  signal: AbortSignal,
  onReady: (client: WSClient) => void,
): Promise<'closed' | 'taken over'> {
  const { WSClient: Client } = await import('@wecom/aibot-node-sdk')
  if (signal.aborted) return 'closed'
  const client = new Client({
    botId: bot.id,
    secret: bot.secret,
    ...(bot.url === undefined ? {} : { wsUrl: bot.url }),
    maxReconnectAttempts: 0,
    maxAuthFailureAttempts: 0,
    heartbeatInterval: waits.heartbeat,
    wsOptions: { maxPayload: MOST_BYTES, handshakeTimeout: waits.forSubscription },
    logger: SILENT,
  })
  let ready = false
  let takenOver = false
  let failure: string | undefined
  let work: Promise<void> = Promise.resolve()
  const onFrame = (raw: unknown): void => {
    const frame = frameSchema.safeParse(raw).data
    if (frame) work = work.then(() => receive(frame.body, frame.headers.req_id))
  }
  client.on('message', onFrame)
  client.on('event', onFrame)
  client.on('event.disconnected_event', () => (takenOver = true))
  client.on('error', (error) => (failure ??= told(error)))
  const end = (): void => client.disconnect()
  const patience = setTimeout(end, waits.forSubscription)
  client.on('authenticated', () => {
    clearTimeout(patience)
    ready = true
    onReady(client)
  })
  const closed = new Promise<void>((resolve) => client.once('disconnected', () => resolve()))
  signal.addEventListener('abort', end, { once: true })
  client.connect()
  await closed
  clearTimeout(patience)
  signal.removeEventListener('abort', end)
  await work
  if (takenOver) return 'taken over'
  if (!ready && !signal.aborted) throw new TryLater('wecom', failure ?? 'no answer to the subscription', 0)
  return 'closed'
}

/** The client's error holds WeCom's words; the code is enough. */
function told(error: Error): string {
  const code = /\(code: (-?\d+)\)/.exec(error.message)?.[1]
  return code === undefined ? 'the connection broke' : `the bot was not accepted: errcode ${code}`
}

/** @returns WeCom's code, 0 for taken. @throws Unsure where there was no answer */
export async function command(
  client: WSClient,
  name: string,
  body: Readonly<Record<string, Json>>,
  request: string = `${name}_${randomUUID()}`,
): Promise<number> {
  try {
    return codeOf(await client.reply({ headers: { req_id: request } }, body, name)) ?? 0
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined) throw new Unsure('wecom', `${name}: no answer`, 1_000)
    return code
  }
}

function codeOf(answer: unknown): number | undefined {
  return outcomeSchema.safeParse(answer).data?.errcode
}
