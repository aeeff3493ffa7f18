import { fromJson } from '../checks.ts'
import type { LogEntry } from '../port.ts'
import type { LmdbDatabase } from './database.ts'
import { joinKeys, numberKey } from './keys.ts'
import { cut, damaged, wholeNumber } from './record.ts'

/**
 * How a log lies on disk:
 * - logs: name → `generation \n last sequence`
 * - entries: generation, sequence → `id as JSON \n value as JSON`
 * - entry-ids: generation, id → sequence
 * The generation is a number of its own per log, new when a log of the same name is created after a removal. It
 * keeps the keys short whatever the name, and lets a tail notice that its log was replaced.
 */
export interface LogHead {
  readonly generation: number
  readonly last: number
}

export function readHead({ logs }: LmdbDatabase, name: Buffer): LogHead | undefined {
  const text = logs.get(name)
  if (text === undefined) return undefined
  const [generation, last] = cut(text)
  return { generation: wholeNumber(generation), last: wholeNumber(last) }
}

export interface PageOptions {
  readonly after: number
  readonly limit: number
  /** Stops after the entry that reaches this many characters, so that a page of large entries stays small. */
  readonly characters?: number
}

/** Entries after `after`, oldest first. */
export function readPage(
  { entries }: LmdbDatabase,
  { generation, last }: LogHead,
  { after, limit, characters = Infinity }: PageOptions,
): readonly LogEntry[] {
  if (after >= last || limit === 0) return []
  const prefix = numberKey(generation)
  const page: LogEntry[] = []
  let sequence = after
  let size = 0
  const range = { start: joinKeys(prefix, numberKey(after + 1)), end: joinKeys(prefix, numberKey(last + 1)) }
  for (const { value: text } of entries.getRange(range)) {
    // Sequences have no gaps, so counting gives the number that is in the key.
    sequence += 1
    page.push(parseEntry(sequence, text))
    size += text.length
    if (page.length >= limit || size >= characters) break
  }
  return page
}

function parseEntry(sequence: number, text: string): LogEntry {
  const [idText, json] = cut(text)
  const id = fromJson(idText)
  if (typeof id !== 'string') throw damaged('a log entry without its id')
  return { sequence, id, value: fromJson(json) }
}
