import { pino } from 'pino'
import { startApp, type App } from '../../src/app.ts'
import { readConfig } from '../../src/server/config.ts'
import { storeConfig } from '../../src/server/store-config.ts'
import { openStore } from '../../src/store/open.ts'
import { ROOT } from './app.ts'
import { startRedis, type RedisServer } from './redis-server.ts'

export interface RedisApp {
  readonly app: App
  readonly server: RedisServer
  readonly end: () => Promise<void>
}

/** The product on a Redis of its own, which it does not wait for long. */
export async function startRedisApp(): Promise<RedisApp> {
  const server = await startRedis()
  const config = readConfig({
    PORT: '0',
    NODE_ENV: 'test',
    REDIS_URL: server.url,
    REDIS_TIMEOUT_MS: '600',
    DIRECT_LINE_SIGNING_KEYS: Buffer.alloc(32, 7).toString('base64'),
  })
  const store = await openStore(storeConfig(config, ROOT))
  const app = await startApp({ config, store, root: ROOT, log: pino({ level: 'silent' }) })
  return {
    app,
    server,
    end: async () => {
      app.server.server.closeAllConnections()
      await app.close()
      await store.close()
      await server.stop()
    },
  }
}
