import type { IncomingMessage } from 'node:http'
import type { Next, Request, Response, Server } from 'restify'
import { isSecret } from '../../channels/direct-line/access.ts'
import { clientAddress, type AddressSettings } from './client-address.ts'
import type { RateLimit } from './limits.ts'
import type { RateLimits } from './rate-limits.ts'

export interface RateLimitOptions extends AddressSettings {
  readonly limits: RateLimits
  /** Whoever holds it is a server of the operator's, which speaks for many. */
  readonly secret: string | undefined
  readonly onUntrustedProxy: () => void
}

/** Routes with a limit of their own for each address, besides that on all requests. */
const ROUTES: readonly (readonly [path: RegExp, limit: RateLimit, method?: string])[] = [
  [/^\/api\/ask\/?$/, 'ask'],
  [/^\/api\/assess\/?$/, 'assess'],
  [/^\/download\//, 'download'],
  [/^\/v3\/directline\/tokens\/generate\/?$/, 'begin'],
  [/^\/v3\/directline\/conversations\/?$/, 'begin', 'POST'],
]
/** What chat platforms call, a few addresses for all their people. */
const PLATFORMS = /^\/api\/(messages|slack|feishu|dingtalk|wecom)(\/|$)/
/** Asked by load balancers, and cheap. */
const UNCOUNTED = /^\/(healthz|readyz)$/

/**
 * Counts every request before it is read, by address, route and token. To be mounted behind what sets the headers
 * with which a page may read the refusal. Returns the same for the opening of a WebSocket, which passes no route.
 */
export function mountRateLimits(
  server: Server,
  options: RateLimitOptions,
): (request: IncomingMessage) => void {
  const { limits, secret } = options
  const untrusted = once(options.onUntrustedProxy)
  const takeAddress = (request: IncomingMessage, limit: RateLimit) => {
    try {
      limits.take(limit, clientAddress(request, options))
    } catch (error) {
      if (!options.trustProxy && request.headers['x-forwarded-for'] !== undefined) untrusted()
      throw error
    }
  }
  server.pre((request: Request, _response: Response, next: Next) => {
    const path = decoded(request.getPath())
    const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
    if (UNCOUNTED.test(path) || isSecret(bearer, secret)) return next()
    try {
      takeAddress(request, PLATFORMS.test(path) ? 'platform' : 'address')
      for (const [route, limit, method = request.method] of ROUTES)
        if (route.test(path) && method === request.method) takeAddress(request, limit)
      if (bearer !== undefined && !PLATFORMS.test(path)) limits.take('token', bearer)
    } catch (error) {
      return next(error)
    }
    return next()
  })
  return (request) => takeAddress(request, 'address')
}

/** As the router reads it, so that no spelling of a path gets around its limit. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function once(action: () => void): () => void {
  let done = false
  return () => {
    if (!done) action()
    done = true
  }
}
