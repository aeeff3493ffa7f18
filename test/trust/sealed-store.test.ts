import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedStore } from '../../src/store/embedded/open.ts'
import { sealStore } from '../../src/trust/sealed-store.ts'
import { storeConformance } from '../store/conformance.ts'
import { keyring } from './support.ts'

storeConformance('sealed', async () => {
  const path = await mkdtemp(join(tmpdir(), 'icp-sealed-'))
  let current = await openEmbeddedStore({ path })
  const keys = keyring('one')
  return {
    store: sealStore(current, keys),
    reopen: async () => {
      await current.close()
      current = await openEmbeddedStore({ path })
      return sealStore(current, keys)
    },
    cleanup: async () => {
      await current.close()
      await rm(path, { recursive: true })
    },
  }
})
