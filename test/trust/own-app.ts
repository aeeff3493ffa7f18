import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { startApp, type App } from '../../src/app.ts'
import { readConfig } from '../../src/server/config.ts'
import { dumpEmbedded } from '../../src/store/embedded/dump.ts'
import { openEmbeddedStore } from '../../src/store/embedded/open.ts'
import type { Store } from '../../src/store/port.ts'
import type { Held } from '../../src/store/transfer.ts'
import { createLog } from '../../src/trust/log.ts'
import { ROOT } from '../support/app.ts'

export interface OwnApp {
  readonly app: App
  readonly store: Store
  /** Every record of the store, as whoever has its files sees it; ends the app. */
  dump(): Promise<readonly Held[]>
}

/** The product with a store that is not sealed, so that what stands in it can be seen. Ends with the test. */
export async function ownApp(clock = () => new Date()): Promise<OwnApp> {
  const path = await mkdtemp(join(tmpdir(), 'icp-own-'))
  const store = await openEmbeddedStore({ path })
  const config = readConfig({ PORT: '0', NODE_ENV: 'test' })
  const app = await startApp({ config, store, root: ROOT, log: createLog('silent'), clock })
  let ended = false
  const end = async () => {
    if (ended) return
    ended = true
    app.server.server.closeAllConnections()
    await app.close()
    await store.close()
  }
  onTestFinished(async () => {
    await end()
    await rm(path, { recursive: true, force: true })
  })
  const dump = async () => {
    await end()
    const held: Held[] = []
    for await (const one of dumpEmbedded(path)) held.push(one)
    return held
  }
  return { app, store, dump }
}
