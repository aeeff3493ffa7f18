import { join, resolve } from 'node:path'
import { pino, type Logger } from 'pino'
import { startApp } from './app.ts'
import { AppError } from './errors.ts'
import { readConfig, type Config } from './server/config.ts'
import { openStore, type StoreConfig } from './store/open.ts'

const ROOT = join(import.meta.dirname, '..')

/** Starts the assistant and ends it in good order on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = pino({ level: config.LOG_LEVEL, base: undefined })
  const store = await openStore(storeOf(config, log))
  const app = await startApp({ config, store, root: ROOT, log }).catch(async (error: unknown) => {
    await store.close()
    throw error
  })
  log.info(`The ICP filing assistant listens on ${app.address}`)

  let ending = false
  const end = (signal: string) => {
    if (ending) return
    ending = true
    log.info(`${signal}: finishing what is under way`)
    app
      .close()
      .then(() => store.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'The shutdown failed')
          process.exit(1)
        },
      )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

/** Redis where an address is given; otherwise a folder of this machine. */
function storeOf(config: Config, log: Logger): StoreConfig {
  const { REDIS_URL, REDIS_KEY_PREFIX, REDIS_TIMEOUT_MS, DATA_DIR } = config
  if (REDIS_URL === undefined) return { kind: 'embedded', path: resolve(ROOT, DATA_DIR) }
  return {
    kind: 'redis',
    url: REDIS_URL,
    keyPrefix: REDIS_KEY_PREFIX,
    timeoutMs: REDIS_TIMEOUT_MS,
    onWarning: ({ detail, remedy }) => log.warn(`${detail} ${remedy}`),
  }
}

main().catch((error: unknown) => {
  // Before there is a log, and for a person who just typed a command.
  console.error(error instanceof AppError ? `${error.message}\n${error.remedy}` : error)
  process.exit(1)
})
