import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { json } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import type { Activity, TurnContext } from 'botbuilder'
import { mountBotFramework, type BotFramework } from '../../../src/channels/bot-framework/mount.ts'
import type { BotFrameworkOptions } from '../../../src/channels/bot-framework/options.ts'
import { createHttpServer } from '../../../src/server/http.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: Record<string, unknown>
}

export interface TestServer {
  readonly url: string
  readonly framework: BotFramework
  readonly logged: { fields: { err?: unknown }; message: string }[]
  /** What the bot was given, in order. */
  readonly turns: Activity[]
  post(body: unknown, headers?: Record<string, string>): Promise<Answer>
  close(): Promise<void>
}

export const OPEN = {
  appId: undefined,
  appPassword: undefined,
  appType: undefined,
  tenantId: undefined,
  production: false,
} as const

/** A server of its own on a free port, with a bot that does what it is told. */
export async function startServer(options: Partial<BotFrameworkOptions> = {}): Promise<TestServer> {
  const logged: TestServer['logged'] = []
  const turns: Activity[] = []
  const log = { error: (fields: object, message: string) => void logged.push({ fields, message }) }
  const server = createHttpServer({ log })
  const framework = mountBotFramework(server, { ...OPEN, logic: scriptedBot(turns), log, ...options })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const url = `http://127.0.0.1:${server.address().port}/api/messages`
  return {
    url,
    framework,
    logged,
    turns,
    post: async (body, headers = {}) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
      const text = await response.text()
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: JSON.parse(text || '{}') as Record<string, unknown>,
      }
    },
    close: async () => {
      const closed = once(server.server, 'close')
      server.close()
      server.server.closeAllConnections()
      await closed
    },
  }
}

/** `fail` throws; `invoke`s named `known` are answered; a message is echoed, with its value if it has one. */
function scriptedBot(turns: Activity[]): BotFrameworkOptions['logic'] {
  return async (context: TurnContext) => {
    const { activity } = context
    turns.push(activity)
    if (activity.text === 'fail') throw new Error('secret of the bot')
    if (activity.type === 'invoke' && activity.name === 'known')
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: { done: true } } })
    if (activity.type === 'message')
      await context.sendActivities([
        { type: 'message', text: `echo ${activity.text ?? ''}`, locale: 'en' },
        { type: 'message', text: JSON.stringify(activity.value ?? null) },
      ])
  }
}

export interface Received {
  readonly method: string
  readonly path: string
  readonly authorization: string | undefined
  readonly activity: Partial<Activity>
}

/** The other end: a connector on this machine, which takes the bot's replies as the Emulator does. */
export class Connector {
  readonly received: Received[] = []
  /** What it answers with; null: it says nothing and cuts the line; undefined: it never answers. */
  status: number | null | undefined = 200
  location = 'http://192.0.2.1/'
  readonly #server: HttpServer = createServer((request, response) => void this.#take(request, response))

  static async start(): Promise<Connector> {
    const connector = new Connector()
    connector.#server.listen(0, '127.0.0.1')
    await once(connector.#server, 'listening')
    return connector
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request
    const activity = (await json(request)) as Partial<Activity>
    this.received.push({ method, path, authorization: headers.authorization, activity })
    if (this.status === undefined) return
    if (this.status === null) return void request.socket.destroy()
    response.writeHead(this.status, { 'content-type': 'application/json', location: this.location })
    response.end(JSON.stringify({ id: `reply-${this.received.length}` }))
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }
}

/** A message as the Emulator sends it. */
export function message(more: object = {}): Record<string, unknown> {
  return {
    type: 'message',
    id: 'activity-1',
    channelId: 'emulator',
    serviceUrl: 'http://127.0.0.1:9/',
    conversation: { id: 'conversation-1|livechat' },
    from: { id: 'user-1', name: 'User', role: 'user' },
    recipient: { id: 'bot-1', name: 'Bot', role: 'bot' },
    timestamp: '2026-11-24T08:00:00.000Z',
    localTimestamp: '2026-11-24T16:00:00+08:00',
    locale: 'zh-CN',
    text: 'hello',
    ...more,
  }
}

/** No fault of the server, no stack, and a refusal that can be acted on. */
export function readable({ status, text, body }: Answer): boolean {
  const clean = !/ {4}at |node_modules|\.[tj]s:\d/.test(text)
  if (status < 400) return clean
  return clean && status < 500 && typeof body['detail'] === 'string' && typeof body['remedy'] === 'string'
}
