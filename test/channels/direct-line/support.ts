import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import type { Activity, TurnContext } from 'botbuilder'
import { mountDirectLine, type DirectLine } from '../../../src/channels/direct-line/mount.ts'
import type { DirectLineOptions } from '../../../src/channels/direct-line/options.ts'
import { createHttpServer } from '../../../src/server/http.ts'
import type { Store } from '../../../src/store/port.ts'
import { memoryStore } from '../../support/memory-store.ts'

export const SECRET = 'a-direct-line-secret-for-tests'
export const KEY = new Uint8Array(randomBytes(32))

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown> & { error?: { code: string; message: string } }
  readonly text: string
}

export interface Session {
  conversationId: string
  token: string
  expires_in: number
  streamUrl: string
  resumeToken: string
}

export interface Call {
  readonly token?: string | undefined
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

export interface TestServer {
  readonly url: string
  readonly host: string
  readonly store: Store
  readonly directLine: DirectLine
  readonly logged: { fields: object; message: string }[]
  /** What the bot was given, in order. */
  readonly turns: Partial<Activity>[]
  call(method: string, path: string, call?: Call): Promise<Answer>
  generate(call?: Call): Promise<Session>
  /** A started conversation. */
  start(call?: Call): Promise<Session>
  say(session: Session, text: string, more?: object): Promise<Answer>
  activities(
    session: Session,
    watermark?: string,
  ): Promise<{ activities: Partial<Activity>[]; watermark: string }>
  /** Cuts every WebSocket without a word, as a broken network does. */
  dropSockets(): void
  close(): Promise<void>
}

/** A server of its own on a free port, with a bot that does what it is told. */
export async function startServer(options: Partial<DirectLineOptions> = {}): Promise<TestServer> {
  const logged: TestServer['logged'] = []
  const turns: TestServer['turns'] = []
  const log = { error: (fields: object, message: string) => void logged.push({ fields, message }) }
  const server = createHttpServer({ log })
  const settings: DirectLineOptions = {
    store: memoryStore(),
    logic: scriptedBot(turns),
    secret: SECRET,
    signingKeys: [KEY],
    allowedOrigins: 'same-origin',
    publicTokens: true,
    clock: () => new Date(),
    log,
    ...options,
  }
  const directLine = mountDirectLine(server, settings)
  const upgraded = new Set<Duplex>()
  server.server.on('upgrade', (_request, socket) => upgraded.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const host = `127.0.0.1:${server.address().port}`
  const url = `http://${host}/v3/directline`

  const call: TestServer['call'] = async (method, path, { token, body, headers } = {}) => {
    const response = await fetch(`${url}/${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: JSON.parse(text || '{}') as Answer['body'],
    }
  }
  const generate = async (more?: Call) =>
    (await call('POST', 'tokens/generate', more)).body as unknown as Session
  return {
    url,
    host,
    store: settings.store,
    directLine,
    logged,
    turns,
    call,
    generate,
    start: async (more) => {
      const { token } = await generate()
      return (await call('POST', 'conversations', { token, ...more })).body as unknown as Session
    },
    say: ({ conversationId, token }, text, more) =>
      call('POST', `conversations/${conversationId}/activities`, {
        token,
        body: { type: 'message', text, ...more },
      }),
    activities: async ({ conversationId, token }, watermark = '') => {
      const path = `conversations/${conversationId}/activities?watermark=${watermark}`
      const { body } = await call('GET', path, { token })
      return body as unknown as { activities: Partial<Activity>[]; watermark: string }
    },
    dropSockets: () => {
      for (const socket of upgraded) socket.destroy()
    },
    close: async () => {
      await directLine.close()
      const closed = once(server.server, 'close')
      server.close()
      server.server.closeAllConnections()
      await closed
    },
  }
}

/** `fail` throws; `id x` replies under the id x; anything else is echoed. */
function scriptedBot(turns: Partial<Activity>[]): DirectLineOptions['logic'] {
  return async (context: TurnContext) => {
    const { activity } = context
    turns.push(activity)
    if (activity.type === 'conversationUpdate') await context.sendActivity(`hello ${activity.locale ?? ''}`)
    if (activity.type !== 'message') return
    if (activity.text === 'fail') throw new Error('secret of the bot')
    const [, id] = /^id (.+)$/.exec(activity.text) ?? []
    await context.sendActivity({ type: 'message', text: `echo ${activity.text}`, ...(id ? { id } : {}) })
  }
}

export function texts({ activities }: { activities: readonly Partial<Activity>[] }): (string | undefined)[] {
  return activities.map(({ text }) => text)
}

export async function eventually(check: () => boolean, patienceMs = 5_000): Promise<void> {
  const end = Date.now() + patienceMs
  while (!check()) {
    if (Date.now() > end) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
