import { z } from 'zod'
import { asJson } from '../../../store/as-json.ts'
import type { Store } from '../../../store/port.ts'
import { staffSchema } from '../../handoff/record.ts'

const noteSchema = z.object({ at: z.iso.datetime(), by: staffSchema, text: z.string() })
/** What staff want to remember of a case. Goes when the case goes. */
export type Note = z.infer<typeof noteSchema>

export async function keepNote(store: Store, caseId: string, id: string, note: Note): Promise<void> {
  await store.logs.append(notesLog(caseId), [{ id, value: asJson(note) }])
}

/** The last ones, oldest first. */
export async function readNotes(store: Store, caseId: string, limit: number): Promise<readonly Note[]> {
  const last = await store.logs.last(notesLog(caseId))
  const entries = await store.logs.read(notesLog(caseId), Math.max(0, last - limit), limit)
  return entries.map(({ value }) => noteSchema.parse(value))
}

export function forgetNotes(store: Store, caseId: string): Promise<void> {
  return store.logs.remove(notesLog(caseId))
}

const notesLog = (caseId: string): string => `case-notes:${caseId}`
