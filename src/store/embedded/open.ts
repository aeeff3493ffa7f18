import { resolve } from 'node:path'
import type { DueQueue, Store } from '../port.ts'
import type { LmdbDatabase } from './database.ts'
import { EmbeddedDocuments } from './documents.ts'
import { storeFailure } from './failure.ts'
import { prepareFolder } from './folder.ts'
import { EmbeddedLogs } from './logs.ts'
import { openLocked, type LockedDatabase } from './open-locked.ts'
import { EmbeddedQueue } from './queue.ts'

/**
 * Opens the store in a folder of the local disk, creating the folder when it is missing. One process at a time.
 * @throws AppError `config-invalid` when the folder cannot be used, `store-locked` when another process (or this
 * one) has it open, `store-full` when the disk has no room for a new store
 */
export async function openEmbeddedStore({ path }: { path: string }): Promise<Store> {
  const folder = resolve(path)
  await prepareFolder(folder)
  try {
    return new EmbeddedStore(await openLocked(folder))
  } catch (error) {
    throw storeFailure(folder, error)
  }
}

class EmbeddedStore implements Store {
  readonly documents: EmbeddedDocuments
  readonly logs: EmbeddedLogs
  readonly #database: LmdbDatabase
  readonly #closeLocked: () => Promise<void>
  #closing: Promise<void> | undefined

  constructor({ database, close }: LockedDatabase) {
    this.#database = database
    this.#closeLocked = close
    this.documents = new EmbeddedDocuments(database)
    this.logs = new EmbeddedLogs(database)
  }

  queue(name: string): DueQueue {
    return new EmbeddedQueue(this.#database, name)
  }

  ready(): Promise<void> {
    return this.#database.probe()
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    const closed = this.#closeLocked()
    this.logs.close()
    await closed
  }
}
