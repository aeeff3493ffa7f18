import { setImmediate } from 'node:timers/promises'
import { checkKey, checkWhole } from '../checks.ts'
import type { LogEntry } from '../port.ts'
import type { Bells } from './bells.ts'
import type { LmdbDatabase } from './database.ts'
import { textKey } from './keys.ts'
import { readHead, readPage } from './log-records.ts'

/** What one tail holds in memory at most, whatever its reader's speed. */
const PAGE = { limit: 100, characters: 256 * 1024 }

interface TailOptions {
  readonly database: LmdbDatabase
  readonly bells: Bells
  readonly log: string
  readonly after: number
  readonly signal: AbortSignal
}

/**
 * The log is the only source: a tail is a position in it, moved by one per entry given out. Stored and new
 * entries come the same way, so there is no seam where one could be lost, doubled or overtaken.
 */
export async function* tailLog({
  database,
  bells,
  log,
  after,
  signal,
}: TailOptions): AsyncGenerator<LogEntry> {
  const name = textKey(checkKey('log', log))
  let position = checkWhole('watermark', after)
  let generation: number | undefined
  database.assertOpen()
  const ended = (): boolean => signal.aborted || database.closed

  while (!ended()) {
    const page = database.read(() => {
      const head = readHead(database, name)
      if (head === undefined) return []
      // Removed and created anew meanwhile: its entries count from 1 again, and none was seen yet.
      if (generation !== undefined && generation !== head.generation) position = 0
      generation = head.generation
      return readPage(database, head, { after: position, ...PAGE })
    })
    if (page.length === 0) {
      // Nothing runs between the read and this call, and the bell rings after the entry can be read: no entry
      // falls in between.
      await bells.wait(log, signal)
      continue
    }
    for (const entry of page) {
      if (ended()) return
      position = entry.sequence
      yield entry
    }
    // A reader that is always ready would otherwise keep everyone else in the process waiting.
    await setImmediate()
  }
}
