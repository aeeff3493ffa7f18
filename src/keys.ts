import { join } from 'node:path'
import { AppError } from './errors.ts'
import { readConfig } from './server/config.ts'
import { configuredKeys } from './server/open-store.ts'
import { storeConfig } from './server/store-config.ts'
import { rewriteEmbedded } from './store/embedded/rewrite.ts'
import { rewriteRedis } from './store/redis/rewrite.ts'
import type { Change } from './store/rewrite.ts'
import { newMasterKey } from './trust/keyring.ts'
import { renewal, Inspection } from './trust/walk.ts'

const ROOT = join(import.meta.dirname, '..')
const USAGE = 'npm run keys -- new | rotate | verify'

/**
 * Master keys: `new` prints one; `rotate` puts everything in the store under the current one, also what was never
 * sealed; `verify` opens everything and says which keys are still needed. Both may be broken off and begun again.
 */
async function main(): Promise<void> {
  const [command, ...others] = process.argv.slice(2)
  if (others.length > 0) throw unknown()
  switch (command) {
    case 'new':
      console.log(newMasterKey())
      return
    case 'rotate': {
      const { seen, changed } = await walk(renewal(keys()))
      console.log(`${changed} of ${seen} records were put under the current key.`)
      return
    }
    case 'verify': {
      const inspection = new Inspection(keys())
      await walk(inspection.look)
      console.log(inspection.report())
      if (!inspection.sound) process.exitCode = 1
      return
    }
    default:
      throw unknown()
  }
}

function keys() {
  return configuredKeys(readConfig(process.env), ROOT, (text) => console.error(text))
}

function walk(change: Change) {
  const config = storeConfig(readConfig(process.env), ROOT, ({ detail }) => console.error(detail))
  return config.kind === 'embedded' ? rewriteEmbedded(config.path, change) : rewriteRedis(config, change)
}

function unknown(): AppError {
  return new AppError('config-invalid', {
    detail: 'It has to be said what is to be done.',
    remedy: `Use: ${USAGE}`,
  })
}

main().catch((error: unknown) => {
  console.error(error instanceof AppError ? `${error.message}\n${error.remedy}` : error)
  process.exit(1)
})
