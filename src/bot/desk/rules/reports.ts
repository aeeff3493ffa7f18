import { z } from 'zod'
import { asJson } from '../../../store/as-json.ts'
import type { Store } from '../../../store/port.ts'
import { changeDocument } from '../../change-document.ts'
import { staffSchema, type StaffMember } from '../../handoff/record.ts'

const reportSchema = z.object({
  fact: z.string(),
  by: staffSchema,
  /** ISO time. */
  at: z.iso.datetime(),
  why: z.string(),
})
/** Somebody of the staff takes a fact for outdated. Kept until somebody has checked it. */
export type Report = z.infer<typeof reportSchema>

const listSchema = z.array(reportSchema)
const KEY = 'outdated-facts'
/** One document holds them all; so many open at once would mean that nobody looks. */
const MOST = 500

/** Oldest first. */
export async function readReports(store: Store): Promise<readonly Report[]> {
  const found = await store.documents.get(KEY)
  return found ? listSchema.parse(found.value) : []
}

/** @returns `known` where the same person has reported the same fact, `full` where too many wait already */
export async function keepReport(store: Store, report: Report): Promise<'kept' | 'known' | 'full'> {
  let outcome: 'kept' | 'known' | 'full' = 'kept'
  await changeDocument(store, KEY, (value) => {
    const reports = value === undefined ? [] : listSchema.parse(value)
    const known = reports.some((one) => one.fact === report.fact && isSame(one.by, report.by))
    outcome = known ? 'known' : reports.length >= MOST ? 'full' : 'kept'
    return asJson(outcome === 'kept' ? [...reports, report] : reports)
  })
  return outcome
}

/** @returns how many reports of the fact are over with it */
export async function settleReports(store: Store, fact: string): Promise<number> {
  let gone = 0
  await changeDocument(store, KEY, (value) => {
    const reports = value === undefined ? [] : listSchema.parse(value)
    const left = reports.filter((one) => one.fact !== fact)
    gone = reports.length - left.length
    return asJson(left)
  })
  return gone
}

function isSame(a: StaffMember, b: StaffMember): boolean {
  return a.channel === b.channel && a.tenant === b.tenant && a.user === b.user
}
