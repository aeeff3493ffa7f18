import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { AppError } from './errors.ts'
import { readConfig } from './server/config.ts'
import { storeConfig } from './server/store-config.ts'
import { dumpEmbedded } from './store/embedded/dump.ts'
import { openStore, type StoreConfig } from './store/open.ts'
import { transfer } from './store/transfer.ts'

const USAGE =
  'npm run store:move -- --from DATA_DIR (--to-redis REDIS_URL [--prefix icp:] | --to-folder FOLDER)'

/**
 * Moves an embedded store into Redis, or into another folder as a backup or its restore; reads back all it moved.
 */
async function main(): Promise<void> {
  const { from, target } = readArguments()
  const store = await openStore(target)
  try {
    const moved = await transfer(dumpEmbedded(from), store)
    console.log(
      `Moved and read back: ${moved.documents} documents, ${moved.entries} log entries, ${moved.items} due items.`,
    )
  } finally {
    await store.close()
  }
}

function readArguments(): { readonly from: string; readonly target: StoreConfig } {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      'to-redis': { type: 'string' },
      'to-folder': { type: 'string' },
      prefix: { type: 'string' },
    },
    strict: false,
  })
  const { from, prefix, 'to-redis': redis, 'to-folder': folder } = values
  if (typeof from === 'string' && typeof redis === 'string' && folder === undefined)
    return { from: resolve(from), target: redisTarget(redis, prefix) }
  if (typeof from === 'string' && typeof folder === 'string' && redis === undefined)
    return { from: resolve(from), target: { kind: 'embedded', path: resolve(folder) } }
  throw new AppError('config-invalid', {
    detail: 'It has to be said what is moved where.',
    remedy: `Use: ${USAGE}`,
  })
}

/** What the address does not say (TLS, user, time-out) comes from the environment, as it does for the server. */
function redisTarget(url: string, prefix: string | boolean | undefined): StoreConfig {
  const given = typeof prefix === 'string' ? { REDIS_KEY_PREFIX: prefix } : {}
  const redis = Object.entries(process.env).filter(([name]) => /^(REDIS|NODE_TLS)_/.test(name))
  const environment = { ...Object.fromEntries(redis), ...given, REDIS_URL: url }
  return storeConfig(readConfig(environment), '', ({ detail, remedy }) =>
    console.error(`${detail} ${remedy}`),
  )
}

main().catch((error: unknown) => {
  console.error(error instanceof AppError ? `${error.message}\n${error.remedy}` : error)
  process.exit(1)
})
