import type { IncomingMessage } from 'node:http'
import { publicAddresses } from '../server/page-check/public-address.ts'
import { mountRateLimits } from '../server/rate-limit/mount.ts'
import { RateLimits } from '../server/rate-limit/rate-limits.ts'
import type { KeyedHash } from '../trust/lookup.ts'
import type { Parts } from './parts.ts'

/** Who counts, for all that may refuse because of it. */
export function createRateLimits({ store, config, clock, log }: Parts, hash: KeyedHash): RateLimits {
  return new RateLimits({
    ...{ store, clock, hash, settings: config.RATE_LIMITS },
    onError: (error) => log.warn({ err: error }, 'The other processes do not hear what was counted here'),
  })
}

/** Counts every request and every socket before it is read. */
export function countRequests(
  { server, config, brain, log }: Parts,
  limits: RateLimits,
): (request: IncomingMessage) => void {
  return mountRateLimits(server, {
    ...{ limits, trustProxy: config.TRUST_PROXY, secret: config.DIRECT_LINE_SECRET },
    isPublic: publicAddresses(brain.following.values.ipRanges.ranges.map(({ range }) => range)),
    onUntrustedProxy: () =>
      log.warn('Limits are reached by requests through a proxy: set TRUST_PROXY if the proxy is yours'),
  })
}
