import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { Socket } from 'node:net'
import { pino } from 'pino'
import restify, { type Next, type Request, type Response, type Server, type ServerOptions } from 'restify'
import { AppError, type ErrorCode } from '../errors.ts'
import { inScope } from '../trust/scope.ts'
import { HSTS, SECURITY_HEADERS } from './security-headers.ts'
import { PROBLEM_HEADERS, formatJson, sendProblem, toProblem, type ProblemLog } from './problem.ts'

export interface HttpServerOptions {
  /** Largest body taken, in bytes. */
  readonly maxBodyBytes?: number
  /** Browsers are told to come by HTTPS only from then on. Default false. */
  readonly hsts?: boolean
  readonly log: ProblemLog
}

declare module 'restify' {
  interface Server {
    /** Missing in the published types: runs before restify touches the request; false ends the matter. */
    first(handler: (request: Request, response: Response) => boolean): Server
  }
}

const MAX_DEPTH = 64
const JSON_TYPE = /^application\/([\w.-]+\+)?json *(;|$)/i
const UPGRADE_PATIENCE_MS = 5_000
const REQUEST_TIMEOUT_MS = 30_000
const HEADERS_TIMEOUT_MS = 10_000

/**
 * The HTTP base of every channel and endpoint: JSON bodies with a limit, a parsed query, and every error as an
 * RFC 9457 problem document. Handlers are `async (request, response)` and throw AppErrors; a handler with `next`
 * may throw too. After a JSON body `request.body` is the parsed value and `request.rawBody` its text.
 */
export function createHttpServer({
  maxBodyBytes = 256 * 1024,
  hsts = false,
  log,
}: HttpServerOptions): Server {
  const options: ServerOptions = { name: '', formatters: { 'application/json': formatJson(log) } }
  // restify's own log would print whole requests, tokens included; its types ask for a bunyan logger.
  const server = restify.createServer(Object.assign(options, { log: pino({ enabled: false }) }))
  server.server.requestTimeout = REQUEST_TIMEOUT_MS
  server.server.headersTimeout = HEADERS_TIMEOUT_MS
  server.server.on('clientError', refuseUnreadable)
  server.server.on('checkExpectation', refuseExpectation)
  const headers = Object.entries({ ...SECURITY_HEADERS, ...(hsts ? HSTS : {}) })
  guardHandlers(server)
  server.first(hasReadableAddress)
  // Whatever is logged of a request, also after it failed, has its id and hides what it brought.
  server.pre((_request, _response, next) => inScope(() => next()))
  server.pre((_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value)
    next()
  })
  server.use(restify.plugins.queryParser({ mapParams: false, plainObjects: true, parameterLimit: 100 }))
  server.use(async (request: Request) => {
    await parseBody(request, maxBodyBytes)
  })
  // A channel with an error format of its own prepends its listener; whoever answers calls `done`, once.
  server.on('restifyError', (request: Request, response: Response, error: unknown, done: () => void) => {
    if (response.headersSent) return
    sendProblem(request, response, error, log)
    done()
  })
  server.server.on('upgrade', refuseUnclaimedUpgrade)
  return server
}

/** restify lets a handler that throws at once end the whole process: give it a `next` instead. */
function guardHandlers(server: Server): void {
  const guard = (handler: unknown): unknown => {
    if (Array.isArray(handler)) return handler.map(guard)
    if (!takesNext(handler)) return handler
    return (request: Request, response: Response, next: Next) => {
      try {
        return handler(request, response, next)
      } catch (error) {
        next(error)
        return undefined
      }
    }
  }
  for (const name of ['pre', 'use', 'get', 'head', 'post', 'put', 'patch', 'del', 'opts'] as const) {
    const original = server[name].bind(server) as (...args: unknown[]) => unknown
    Object.assign(server, { [name]: (...args: unknown[]) => original(...args.map(guard)) })
  }
}

function takesNext(
  handler: unknown,
): handler is (request: Request, response: Response, next: Next) => unknown {
  return typeof handler === 'function' && handler.length === 3
}

/** restify throws outside of any handler, and so ends the process, where Host and target do not make a URL. */
function hasReadableAddress(request: Request, response: Response): boolean {
  try {
    request.getUrl()
    return true
  } catch {
    response.writeHead(400, { ...SECURITY_HEADERS, ...PROBLEM_HEADERS, Connection: 'close' })
    const detail = 'The Host header and the request target do not make an address.'
    const error = refusal('request-invalid', detail, 'Send a valid Host header and path.')
    response.end(JSON.stringify(toProblem(error)))
    return false
  }
}

async function parseBody(request: Request, limit: number): Promise<void> {
  request.body = undefined
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  const bytes = await readBytes(request, limit)
  if (bytes.length === 0) return
  const { 'content-type': type = 'none', 'content-encoding': encoding } = request.headers
  if (encoding !== undefined || !JSON_TYPE.test(type)) {
    const what = `A body of type ${type.slice(0, 80)}${encoding === undefined ? '' : ', compressed,'} is not taken here.`
    throw refusal(
      'content-type-unsupported',
      what,
      'Send JSON, uncompressed, as Content-Type: application/json.',
    )
  }
  request.rawBody = decode(bytes)
  request.body = parseJson(String(request.rawBody))
}

function readBytes(request: Request, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) return chunks.push(chunk)
      chunks.length = 0
      reject(tooLarge(limit))
      // A little more is read and thrown away, so that the client gets to see the answer; then it is cut off.
      return size > 16 * limit && request.destroy()
    })
    request.once('end', () => resolve(Buffer.concat(chunks)))
    request.once('close', () => {
      if (!request.complete) reject(cutOff())
    })
    request.once('error', () => reject(cutOff()))
  })
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw refusal('body-not-json', 'The body is not UTF-8.', 'Encode the JSON as UTF-8.', cause)
  }
}

function parseJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    // V8's message quotes the body, which may hold personal data: give the place only.
    const at = /position (\d+)/.exec(String(cause))?.[1]
    const detail = `The body is not valid JSON${at === undefined ? '' : `: it breaks at character ${at}`}.`
    throw refusal('body-not-json', detail, 'Check quotes, commas and brackets; send one JSON value.', cause)
  }
  refuseUnsafe(value)
  return value
}

/** Deep nesting overflows recursive readers, and `__proto__` reaches prototypes through Object.assign. */
function refuseUnsafe(root: unknown): void {
  let level: unknown[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH)
      throw refusal(
        'request-invalid',
        `The body is nested more than ${MAX_DEPTH} levels deep.`,
        'Send a flatter structure.',
      )
    const objects = level.filter((value): value is object => typeof value === 'object' && value !== null)
    if (objects.some((value) => Object.hasOwn(value, '__proto__')))
      throw refusal(
        'request-invalid',
        'The body has a key named __proto__.',
        'Leave that key out; no request has it.',
      )
    level = objects.flatMap((value): unknown[] => Object.values(value))
  }
}

function tooLarge(limit: number): AppError {
  return refusal('body-too-large', `The body is larger than ${limit} bytes.`, 'Send less in one request.')
}

function cutOff(): AppError {
  return refusal('request-invalid', 'The request was cut off.', 'Send it again, whole.')
}

function refusal(code: ErrorCode, detail: string, remedy: string, cause?: unknown): AppError {
  return new AppError(code, { detail, remedy, cause })
}

/** Node would answer without a body. */
function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const problem = toProblem(
    refusal('request-invalid', 'The header Expect asks for what this server does not do.', 'Leave it out.'),
  )
  response.writeHead(417, { ...SECURITY_HEADERS, ...PROBLEM_HEADERS, Connection: 'close' })
  response.end(JSON.stringify({ ...problem, status: 417 }))
}

/** What is no HTTP, or took too long to become a request, never reaches restify. */
function refuseUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || !(socket instanceof Socket) || socket.bytesWritten > 0) return void socket.destroy()
  const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  const problem = toProblem(
    refusal(
      'request-invalid',
      late ? 'The request did not arrive in time.' : 'What was sent is not a request of HTTP.',
      'Send it again, whole, as HTTP/1.1.',
    ),
  )
  const status = late ? 408 : error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400
  const text = JSON.stringify({ ...problem, status })
  const headers = {
    ...{ ...SECURITY_HEADERS, ...PROBLEM_HEADERS },
    'Content-Length': Buffer.byteLength(text),
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const head = [`HTTP/1.1 ${status} ${String(STATUS_CODES[status])}`, ...lines].join('\r\n')
  socket.end(`${head}\r\n\r\n${text}`, () => socket.destroy())
}

/** With restify every upgrade counts as taken, so one that no channel answers would hang for ever. */
function refuseUnclaimedUpgrade(request: IncomingMessage, socket: Duplex): void {
  socket.on('error', () => socket.destroy())
  if (!(socket instanceof Socket)) return
  const before = socket.bytesWritten
  const refuse = (status: number) => {
    const head = `HTTP/1.1 ${status} ${String(STATUS_CODES[status])}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`
    if (socket.bytesWritten === before) socket.end(head, () => socket.destroy())
  }
  if (request.headers.upgrade?.toLowerCase() !== 'websocket') return refuse(400)
  const timer = setTimeout(() => refuse(404), UPGRADE_PATIENCE_MS).unref()
  socket.once('close', () => clearTimeout(timer))
}
