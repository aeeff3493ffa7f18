import type { Store } from './port.ts'
import type { RedisConfig } from './redis/config.ts'

/** Where everything is kept: in a folder of this machine, or in a Redis that several processes share. */
export type StoreConfig =
  { readonly kind: 'embedded'; readonly path: string } | ({ readonly kind: 'redis' } & RedisConfig)

/**
 * Opens the store the configuration names; the other one is not even loaded.
 * @throws AppError as the adapter does: embedded/open.ts, redis/open.ts
 */
export async function openStore(config: StoreConfig): Promise<Store> {
  if (config.kind === 'embedded') return (await import('./embedded/open.ts')).openEmbeddedStore(config)
  return (await import('./redis/open.ts')).openRedisStore(config)
}
