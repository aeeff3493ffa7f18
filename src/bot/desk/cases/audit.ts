import { z } from 'zod'
import { asJson } from '../../../store/as-json.ts'
import type { Store } from '../../../store/port.ts'
import { staffSchema } from '../../handoff/record.ts'

const DEEDS = [
  'shown',
  'revealed',
  'proposed',
  'accepted',
  'declined',
  'outdated',
  'noted',
  'milestone',
] as const
export type Deed = (typeof DEEDS)[number]

const entrySchema = z.object({
  caseId: z.string(),
  /** ISO time. */
  at: z.iso.datetime(),
  /** Nobody of the staff: the applicant, or the program itself. */
  by: staffSchema.optional(),
  did: z.enum(DEEDS),
  /** Key of an answer, or name of a milestone. */
  what: z.string().max(80).optional(),
})
/** One line of who did what. Holds no value of a case, so it may stay when the case goes. */
export type AuditEntry = z.infer<typeof entrySchema>

/** Everything, of all cases. Unlike the audit of what expired, it is never shortened. */
export const DESK_AUDIT_LOG = 'desk-audit'

/** Kept before it is done: nothing can be looked at without a trace. The same id again changes nothing. */
export async function keepDeed(store: Store, id: string, entry: AuditEntry): Promise<void> {
  const entries = [{ id, value: asJson(entry) }]
  await store.logs.append(DESK_AUDIT_LOG, entries)
  await store.logs.append(caseLog(entry.caseId), entries)
}

/** The last of a case, oldest first. */
export async function readDeeds(store: Store, caseId: string, limit: number): Promise<readonly AuditEntry[]> {
  const last = await store.logs.last(caseLog(caseId))
  const entries = await store.logs.read(caseLog(caseId), Math.max(0, last - limit), limit)
  return entries.map(({ value }) => entrySchema.parse(value))
}

const caseLog = (caseId: string): string => `desk-audit:${caseId}`
