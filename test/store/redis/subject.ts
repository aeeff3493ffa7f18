import { randomUUID } from 'node:crypto'
import type { Store } from '../../../src/store/port.ts'
import type { RedisConfig } from '../../../src/store/redis/config.ts'
import { openRedisStore } from '../../../src/store/redis/open.ts'
import type { OpenedStore } from '../conformance.ts'

/** An empty store: a key prefix of its own on a server that others use as well. */
export async function openEmpty(url: string): Promise<OpenedStore> {
  const config: RedisConfig = { url, keyPrefix: `${randomUUID()}:`, onWarning: () => undefined }
  let current: Store = await openRedisStore(config)
  return {
    store: current,
    reopen: async () => {
      await current.close()
      current = await openRedisStore(config)
      return current
    },
    cleanup: () => current.close(),
  }
}
