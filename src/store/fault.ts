import { AppError } from '../errors.ts'

/**
 * The failure of the store behind an error, if there is one, however deep in the turn it happened. A right taken
 * away from a running program counts too: Redis reports it as a wrong configuration.
 */
export function storeFault(error: unknown): AppError | undefined {
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof AppError && (at.code.startsWith('store-') || at.subject === 'REDIS_URL')) return at
  return undefined
}
