import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { startApp, type App } from '../../src/app.ts'
import { readConfig } from '../../src/server/config.ts'
import { openEmbeddedStore } from '../../src/store/embedded/open.ts'
import type { Store } from '../../src/store/port.ts'

export const ROOT = new URL('../..', import.meta.url).pathname

export interface TestApp extends App {
  readonly store: Store
  /** Everything that was logged, as JSON lines. */
  readonly logged: readonly string[]
  /** Closes the app and its store, and deletes the data. */
  end(): Promise<void>
}

/** The whole product on a free port, with a store of its own. */
export async function startTestApp(environment: NodeJS.ProcessEnv = {}): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'icp-app-'))
  const store = await openEmbeddedStore({ path: folder })
  const logged: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
  const config = readConfig({ PORT: '0', NODE_ENV: 'test', ...environment })
  const app = await startApp({ config, store, root: ROOT, log })
  return {
    ...app,
    store,
    logged,
    end: async () => {
      app.server.server.closeAllConnections()
      await app.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
