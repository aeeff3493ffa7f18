import type { Request, Response, Server } from 'restify'
import { AppError } from '../errors.ts'
import type { Store } from '../store/port.ts'

export interface Health {
  /** From here on the process takes no new work: load balancers are told by /readyz. */
  drain(): void
}

const PATIENCE_MS = 3_000

/**
 * GET /healthz: the process runs; asks nothing else, so that a store that is away does not restart everything.
 * GET /readyz: work can be taken: the store reads and writes, and no shutdown is under way.
 */
export function mountHealth(server: Server, store: Store): Health {
  let draining = false
  server.get('/healthz', async (_request: Request, response: Response) => {
    response.json(200, { status: 'ok' })
  })
  server.get('/readyz', async (_request: Request, response: Response) => {
    if (draining) {
      response.json(503, { status: 'draining' })
      return
    }
    try {
      await inTime(store.ready())
      response.json(200, { status: 'ready' })
    } catch (error) {
      response.json(503, {
        status: 'store-unavailable',
        code: error instanceof AppError ? error.code : 'internal',
      })
    }
  })
  return {
    drain: () => {
      draining = true
    },
  }
}

function inTime(work: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(
          new AppError('store-unavailable', {
            detail: 'The store did not answer in time.',
            remedy: 'See whether its disk or server is reachable.',
          }),
        ),
      PATIENCE_MS,
    )
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
