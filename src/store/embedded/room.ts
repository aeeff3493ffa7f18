import { statfsSync } from 'node:fs'
import { storeFailure, storeFull } from './failure.ts'

/** Left free on the disk, or a fiftieth of a small one: more than the writes between two looks take. */
const MOST_BYTES = 4 * 1024 * 1024
const LOOK_MS = 10

/**
 * Refuses writes before the disk is full to the last block. LMDB reports a full disk well, but where many commits
 * fail one after the other its native part can end the process.
 */
export class Room {
  readonly #path: string
  #seenAt = -Infinity

  constructor(path: string) {
    this.#path = path
  }

  /** @throws AppError `store-full` */
  check(): void {
    const now = performance.now()
    if (now - this.#seenAt < LOOK_MS) return
    const { bavail, blocks, bsize } = this.#look()
    if (bavail * bsize < Math.min(MOST_BYTES, (blocks * bsize) / 50)) throw storeFull(this.#path, undefined)
    this.#seenAt = now
  }

  #look(): { readonly bavail: number; readonly blocks: number; readonly bsize: number } {
    try {
      return statfsSync(this.#path)
    } catch (error) {
      throw storeFailure(this.#path, error)
    }
  }
}
