import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import { AppError } from '../../errors.ts'

type Settings = { readonly allowedOrigins: readonly string[] | 'same-origin'; readonly trustProxy?: boolean }
type Incoming = Pick<IncomingMessage, 'headers' | 'socket'>

/**
 * The Origin of a request, if its pages may use this server. Clients other than browsers send none, and neither
 * does a browser for a GET to its own origin.
 */
export function allowedOrigin(request: Incoming, settings: Settings): string | undefined {
  const { origin } = request.headers
  if (origin === undefined) return undefined
  const { allowedOrigins } = settings
  const allowed =
    allowedOrigins === 'same-origin'
      ? isOrigin(origin) && new URL(origin).host === publicAddress(request, settings).host
      : allowedOrigins.includes(origin)
  if (allowed) return origin
  throw new AppError('origin-not-allowed', {
    detail: `Pages of ${JSON.stringify(origin.slice(0, 200))} may not use this server.`,
    remedy: 'Ask the operator to add exactly this origin to the allowed origins.',
  })
}

/** Whether a text is an origin as browsers write it: scheme, host and port, nothing more. */
export function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}

/** Host and scheme under which the client reached this server. */
export function publicAddress(
  request: Incoming,
  { trustProxy = false }: Pick<Settings, 'trustProxy'>,
): { readonly host: string; readonly secure: boolean } {
  const forwarded = (name: string) => (trustProxy ? first(request.headers[name]) : undefined)
  const host = (forwarded('x-forwarded-host') ?? request.headers.host ?? '').toLowerCase()
  const proto = forwarded('x-forwarded-proto')
  const secure = proto === undefined ? request.socket instanceof TLSSocket : proto.toLowerCase() === 'https'
  if (HOST.test(host)) return { host: withoutDefaultPort(host, secure), secure }
  throw new AppError('request-invalid', {
    detail: 'The Host header is missing or not a host name.',
    remedy: 'Send the name and port of this server as Host.',
  })
}

const HOST = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/

/** Several proxies put several values in one header; the first is the one the client used. */
function first(header: string | string[] | undefined): string | undefined {
  const value = (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim()
  return value === '' ? undefined : value
}

/** An Origin never names the default port, a Host header may. */
function withoutDefaultPort(host: string, secure: boolean): string {
  return host.replace(secure ? /:443$/ : /:80$/, '')
}
