import { z } from 'zod'
import { fromJson } from '../checks.ts'
import type { LogEntry } from '../port.ts'
import { wholeNumber } from './reply.ts'

/** A stream entry as Redis gives it: id, and the fields `i` (entry id) and `v` (value as JSON). */
const entry = z.tuple([z.string(), z.tuple([z.literal('i'), z.string(), z.literal('v'), z.string()])])
export const entriesReply = z.array(entry)

export function toLogEntry([streamId, [, id, , json]]: z.output<typeof entry>): LogEntry {
  return { sequence: wholeNumber(streamId.slice(0, streamId.indexOf('-'))), id, value: fromJson(json) }
}
