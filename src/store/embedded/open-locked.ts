import { LmdbDatabase } from './database.ts'
import { checkFiles } from './folder.ts'
import { lockFolder } from './lock.ts'

/** The database of a folder that nobody else has open meanwhile. */
export interface LockedDatabase {
  readonly database: LmdbDatabase
  /** Closes the database, then lets go of the folder. */
  readonly close: () => Promise<void>
}

/**
 * Locks a folder and opens the database in it, in a form this release can read. Leaves nothing locked or open when it
 * rejects.
 */
export async function openLocked(folder: string): Promise<LockedDatabase> {
  const lock = await lockFolder(folder)
  try {
    await checkFiles(folder)
    const database = new LmdbDatabase(folder)
    const close = async () => {
      await database.close()
      lock.release()
    }
    try {
      await database.checkFormat()
    } catch (error) {
      await database.close()
      throw error
    }
    return { database, close }
  } catch (error) {
    lock.release()
    throw error
  }
}
