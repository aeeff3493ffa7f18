import type { Next, Request, Response, Server } from 'restify'
import { AppError } from '../../errors.ts'
import { PREFIX, type DirectLineLog } from './options.ts'
import { toDirectLineError } from './errors.ts'
import { saidMeanwhile } from './meanwhile.ts'
import { allowedOrigin } from './origin.ts'

type Settings = Parameters<typeof allowedOrigin>[1] & { readonly log: DirectLineLog }

/**
 * What holds for every answer below the prefix, errors and unknown routes included: CORS headers (without them a
 * page cannot even read the status), no caching of tokens, and errors in Direct Line's own form.
 */
export function mountCors(server: Server, settings: Settings): void {
  server.pre((request: Request, response: Response, next: Next) => {
    if (!isOurs(request)) return next()
    try {
      setHeaders(response, allowedOrigin(request, settings))
    } catch (error) {
      return next(error)
    }
    if (request.method !== 'OPTIONS') return next()
    response.sendRaw(204, '', PREFLIGHT)
    return next(false)
  })
  server.prependListener(
    'restifyError',
    (request: Request, response: Response, error: unknown, done: () => void) => {
      if (!isOurs(request) || response.headersSent) return
      const { status, body } = toDirectLineError(error)
      if (status >= 500) settings.log.error({ err: error }, `Direct Line answered ${status}`)
      if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer')
      const wait = error instanceof AppError ? error.retryAfterSeconds : undefined
      if (wait !== undefined) response.setHeader('Retry-After', String(wait))
      else if (status === 503) response.setHeader('Retry-After', '2')
      sendJson(response, status, { ...body, ...saidMeanwhile(error) })
      done()
    },
  )
}

const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
  'Access-Control-Allow-Headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
  'Access-Control-Max-Age': '7200',
}

function setHeaders(response: Response, origin: string | undefined): void {
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('Vary', 'Origin')
  if (origin === undefined) return
  response.setHeader('Access-Control-Allow-Origin', origin)
  response.setHeader('Access-Control-Expose-Headers', 'Retry-After')
}

export function sendJson(response: Response, status: number, body: object): void {
  const text = JSON.stringify(body)
  response.setHeader('Content-Length', Buffer.byteLength(text))
  response.sendRaw(status, text, { 'Content-Type': 'application/json; charset=utf-8' })
}

function isOurs(request: Request): boolean {
  return request.getPath().startsWith(`${PREFIX}/`)
}
