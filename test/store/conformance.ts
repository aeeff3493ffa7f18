import { afterEach, beforeEach, describe } from 'vitest'
import type { Store } from '../../src/store/port.ts'
import { documentsSuite } from './documents.suite.ts'
import { lifecycleSuite } from './lifecycle.suite.ts'
import { logsSuite } from './logs.suite.ts'
import { oddKeysSuite } from './odd-keys.suite.ts'
import { propertySuite } from './property.suite.ts'
import { queueSuite } from './queue.suite.ts'
import { tailSuite } from './tail.suite.ts'

/** An empty store of one adapter. */
export interface OpenedStore {
  readonly store: Store
  /** Closes the store now open and opens it again over the same data. */
  reopen(): Promise<Store>
  /** Closes the store now open, if it still is, and removes its data. */
  cleanup(): Promise<void>
}

/** What a suite sees: `store()` is the one now open, also after `reopen`. */
export interface Subject {
  readonly store: () => Store
  readonly reopen: () => Promise<Store>
}

/** What every adapter must do. Each test gets an empty store. */
export function storeConformance(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name} store`, () => {
    let opened: OpenedStore
    let store: Store
    beforeEach(async () => {
      opened = await open()
      store = opened.store
    })
    afterEach(() => opened.cleanup())
    const subject: Subject = {
      store: () => store,
      reopen: async () => (store = await opened.reopen()),
    }
    documentsSuite(subject)
    logsSuite(subject)
    tailSuite(subject)
    queueSuite(subject)
    oddKeysSuite(subject)
    lifecycleSuite(subject)
    propertySuite(subject)
  })
}
