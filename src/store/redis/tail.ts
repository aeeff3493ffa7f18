import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { checkKey, checkWhole } from '../checks.ts'
import type { LogEntry } from '../port.ts'
import { isUnavailable } from './failure.ts'
import type { RedisGate } from './gate.ts'
import type { KeySpace } from './keys.ts'
import type { Listener } from './listener.ts'
import { entriesReply, toLogEntry } from './log-entries.ts'
import { PAGE } from './log-scripts.ts'
import { parseReply, wholeNumber } from './reply.ts'

/** What one tail holds in memory at most, whatever its reader's speed. */
const PAGE_ENTRIES = 100
const PAGE_BYTES = 256 * 1024
/** How long a tail waits, at most, before it asks a Redis again that did not answer. */
const RETRY_MS = 1_000

const pageReply = z.tuple([z.string(), z.string(), entriesReply])

interface TailOptions {
  readonly gate: RedisGate
  readonly keys: KeySpace
  readonly listener: Listener
  readonly log: string
  readonly after: number
  readonly signal: AbortSignal
}

/**
 * The log is the only source: a tail is a position in it, moved by one per entry given out. Stored and new entries
 * come the same way, so there is no seam where one could be lost, doubled or overtaken. While Redis does not answer
 * the tail waits; it ends by its signal, with the store, or when the log cannot be read at all.
 */
export async function* tailLog({
  gate,
  keys,
  listener,
  log,
  after,
  signal,
}: TailOptions): AsyncGenerator<LogEntry> {
  checkKey('log', log)
  let position = checkWhole('watermark', after)
  let generation = ''
  gate.assertOpen()
  const ended = (): boolean => signal.aborted || gate.closed

  const watch = await listener.watch(log)
  try {
    while (!ended()) {
      watch.clear()
      const args = [position, generation, PAGE_ENTRIES, PAGE_BYTES]
      const reply = await readOrMiss(
        gate.script(PAGE, [keys.log(log), keys.ids(log)], args, { patient: false }),
      )
      if (reply === undefined) {
        await sleep(RETRY_MS * (0.5 + Math.random() / 2), undefined, { signal, ref: false }).catch(
          () => undefined,
        )
        continue
      }
      const [current, from, page] = parseReply(pageReply, reply)
      // A log begun anew starts from its first entry.
      position = wholeNumber(from)
      generation = current || generation
      if (page.length === 0) {
        if (!ended()) await watch.rung(signal)
        continue
      }
      for (const entry of page.map(toLogEntry)) {
        if (ended()) return
        position = entry.sequence
        yield entry
      }
      // A reader that is always ready would otherwise keep everyone else in the process waiting.
      await setImmediate()
    }
  } finally {
    listener.unwatch(watch)
  }
}

/** Undefined when Redis did not answer. Not patient: many tails must not take the places of calls that wait. */
async function readOrMiss(reading: Promise<unknown>): Promise<unknown> {
  try {
    return await reading
  } catch (error) {
    if (isUnavailable(error)) return undefined
    throw error
  }
}
