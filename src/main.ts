import { join } from 'node:path'
import { startApp } from './app.ts'
import { AppError } from './errors.ts'
import { readConfig } from './server/config.ts'
import { openConfiguredStore } from './server/open-store.ts'
import { createLog } from './trust/log.ts'

const ROOT = join(import.meta.dirname, '..')

/** Starts the assistant and ends it in good order on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = createLog(config.LOG_LEVEL)
  const store = await openConfiguredStore(config, ROOT, (text) => log.warn(text))
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

main().catch((error: unknown) => {
  // Before there is a log, and for a person who just typed a command.
  console.error(error instanceof AppError ? `${error.message}\n${error.remedy}` : error)
  process.exit(1)
})
