import type { Request, Response, Server } from 'restify'

type Serve = (request: Request, response: Response) => Promise<void>

/**
 * Serves one address before the server's own reading of bodies: a signature is over bytes, and a body need not be
 * JSON. What `serve` rejects with becomes the answer.
 */
export function serveRaw(
  server: Server,
  path: string,
  serve: { readonly GET?: Serve; readonly POST: Serve },
): void {
  server.pre((request: Request, response: Response, next) => {
    const { method } = request
    const take = method === 'GET' || method === 'POST' ? serve[method] : undefined
    if (!take || request.getPath() !== path) return next()
    take(request, response).then(
      () => next(false),
      (error: unknown) => next(error),
    )
  })
}
