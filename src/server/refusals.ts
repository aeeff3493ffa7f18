import type { Request, Response, Server } from 'restify'
import { AppError } from '../errors.ts'
import type { Metrics } from './metrics.ts'

/** Counts what was answered with an error, by the route as it is written, never by the path that was asked for. */
export function countRefusals(server: Server, { refused }: Metrics): void {
  server.on('after', (_request: Request, response: Response, route: unknown, error: unknown) => {
    if (response.statusCode < 400) return
    refused.inc({ route: pathOf(route), status: String(response.statusCode), reason: reasonOf(error) })
  })
}

function pathOf(route: unknown): string {
  if (typeof route !== 'object' || route === null || !('path' in route)) return 'none'
  return typeof route.path === 'string' ? route.path : 'none'
}

function reasonOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'other'
}
