import { resolve } from 'node:path'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/port.ts'
import { openKeyring } from '../trust/open-keyring.ts'
import type { Keyring } from '../trust/keyring.ts'
import { sealStore } from '../trust/sealed-store.ts'
import type { Config } from './config.ts'
import { storeConfig } from './store-config.ts'

/** The store of the configuration, sealed: for the server and every command that reads what it keeps. */
export async function openConfiguredStore(
  config: Config,
  root: string,
  warn: (text: string) => void,
): Promise<Store> {
  // First the keys: without them nothing may be written.
  const keys = configuredKeys(config, root, warn)
  const store = await openStore(
    storeConfig(config, root, ({ detail, remedy }) => warn(`${detail} ${remedy}`)),
  )
  return sealStore(store, keys)
}

/** @throws AppError config-invalid */
export function configuredKeys(config: Config, root: string, warn: (text: string) => void): Keyring {
  return openKeyring({
    keys: config.ENCRYPTION_KEYS,
    file: config.ENCRYPTION_KEYS_FILE === undefined ? undefined : resolve(root, config.ENCRYPTION_KEYS_FILE),
    production: config.NODE_ENV === 'production',
    ownFile: resolve(root, config.DATA_DIR, 'encryption.keys'),
    onMade: (file) =>
      warn(`A master key was made in ${file}. Without that file nothing in the store can be read.`),
  })
}
