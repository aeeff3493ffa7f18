import { randomInt, randomUUID } from 'node:crypto'
import type { RedisSettings } from './config.ts'

/**
 * How far a bucket's numbers go forward per write: by chance, up to this. A fail-over may lose the last writes, and
 * counting by one would then give the lost versions to other contents; whoever saw a lost one could overwrite
 * what he has never seen. 2^53 lasts for 17,000 million writes per bucket.
 */
const LARGEST_STEP = 2 ** 20

/** How far the counter goes forward this time. */
export function step(): number {
  return randomInt(1, LARGEST_STEP)
}

/** The name of one write, the same in all its attempts. */
export function newNonce(): string {
  return randomUUID()
}

/** How long a write is recognised: longer than any attempt of it can last. */
export function onceMs({ timeoutMs }: Pick<RedisSettings, 'timeoutMs'>): number {
  return 4 * timeoutMs + 10_000
}
