import { Agent, request as httpRequest } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect } from 'vitest'
import { z } from 'zod'
import { startTestApp, type TestApp } from '../support/app.ts'
import { directLineTalker, type WebTalker } from '../support/direct-line-talker.ts'

/** 32 bytes, so that tests can sign what they forge with the right key. */
export const SIGNING_KEY = Buffer.alloc(32, 7)
export const SECRET = 'a-direct-line-secret-of-the-hostile-suite'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

export interface Sending {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** As it is; anything but a text or bytes becomes JSON. */
  readonly body?: unknown
}

export interface Target {
  readonly app: TestApp
  /** Somebody who only wants to be served. */
  readonly bystander: WebTalker
  send(path: string, sending?: Sending): Promise<Answer>
  /** Does something hostile while the bystander talks on; both are over when it resolves. */
  meanwhile<Result>(attack: () => Promise<Result>): Promise<Result>
  /** Nothing failed inside, and memory is what it was, within a bound. */
  settle(): Promise<void>
  end(): Promise<void>
}

/** What a suite may leave behind in memory after a collection. */
const HEAP_BOUND = 96 * 1024 * 1024

/** The whole product, somebody who talks to it in peace, and a way to send it anything. */
export async function startTarget(environment: NodeJS.ProcessEnv = {}): Promise<Target> {
  const app = await startTestApp({
    DIRECT_LINE_SIGNING_KEYS: SIGNING_KEY.toString('base64'),
    DIRECT_LINE_SECRET: SECRET,
    RATE_LIMITS: 'off',
    ...environment,
  })
  const bystander = await directLineTalker(app.address, 'en')
  await bystander.hello()
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  const send = (path: string, sending: Sending = {}) => sendTo(app.address, agent, path, sending)
  const served = async () => {
    const [reply] = await bystander.text('help')
    expect(reply?.blocks.length).toBeGreaterThan(0)
  }
  await served()
  const before = heapUsed()
  return {
    ...{ app, bystander, send },
    meanwhile: async (attack) => {
      const [result] = await Promise.all([attack(), served().then(served)])
      return result
    },
    settle: async () => {
      await served()
      expect(faultsIn(app.logged)).toEqual([])
      expect(heapUsed() - before).toBeLessThan(HEAP_BOUND)
    },
    end: async () => {
      agent.destroy()
      await app.end()
    },
  }
}

/** Refused in kind: readable, by the form of the route, and with nothing of the inside. */
export function expectRefusal({ status, headers, text }: Answer, path: string): void {
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
  expectNothingInside(text)
  if (path.startsWith('/v3/directline/') && status !== 417) {
    directLineError.parse(JSON.parse(text))
    return
  }
  expect(headers['content-type']).toContain('application/problem+json')
  expect(problem.parse(JSON.parse(text)).status).toBe(status)
}

const said = z.string().regex(/\w/)
const directLineError = z.strictObject({
  error: z.strictObject({ code: z.string().regex(/^\w+$/), message: said }),
})
const problem = z.object({
  ...{ type: z.string().startsWith('urn:'), status: z.number(), code: z.string().regex(/^[a-z-]+$/) },
  ...{ title: said, detail: said, remedy: said },
})

/** Taken or refused, but never a fault. */
export function expectInKind(answer: Answer, path: string): void {
  if (answer.status >= 400) return expectRefusal(answer, path)
  expectNothingInside(answer.text)
}

const INSIDE =
  /\n {4}at |node_modules|\.[cm]?[tj]s:\d|file:\/\/\/(?!etc\/passwd)|\b(Type|Syntax|Range|Reference|Zod|Assertion)Error\b|ECONN|ENOENT|restify|botbuilder/

export function expectNothingInside(text: string): void {
  expect(text).not.toMatch(INSIDE)
}

/** Lines of the log that tell of a fault of ours. */
export function faultsIn(logged: readonly string[]): readonly string[] {
  return logged.filter((line) => (JSON.parse(line) as { level: number }).level >= 50)
}

function sendTo(
  address: string,
  agent: Agent,
  path: string,
  { method, headers, body }: Sending,
): Promise<Answer> {
  const bytes =
    body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        // The path as it is written: a URL would tidy it up.
        ...{ agent, host: new URL(address).hostname, port: new URL(address).port },
        ...{ path, method: method ?? (bytes === undefined ? 'GET' : 'POST') },
        headers: { ...(bytes === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({
            ...{ status: response.statusCode ?? 0, headers: response.headers },
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        )
        response.on('error', reject)
      },
    )
    request.on('error', reject)
    request.end(bytes)
  })
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
  const { heapUsed: used, external } = process.memoryUsage()
  return used + external
}
