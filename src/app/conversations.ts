import type { CaseCodes } from '../bot/case-code.ts'
import type { DownloadLinks } from '../bot/download-links.ts'
import type { Proposing } from '../bot/desk/cases/in-turn.ts'
import type { Desk } from '../bot/handoff/desk.ts'
import type { Leases } from '../bot/lease.ts'
import { Turns } from '../bot/turns.ts'
import { keepUnanswered, unansweredId } from '../bot/unanswered.ts'
import { keepUnmatched } from '../bot/unmatched-rejections.ts'
import { countTurn } from '../server/count-turn.ts'
import { createPageReader } from '../server/page-check/page-reader.ts'
import { publicAddresses } from '../server/page-check/public-address.ts'
import type { Jobs } from './jobs.ts'
import type { Parts } from './parts.ts'

export interface TurnParts {
  readonly jobs: Jobs
  readonly codes: CaseCodes
  readonly leases: Leases | undefined
  readonly downloads: DownloadLinks
  /** Brings a person in, where there is staff. */
  readonly desk: Desk | undefined
  /** Asks applicants about changes that staff propose. */
  readonly proposing: Proposing | undefined
}

/** The turns of all channels of applicants, with what follows from each. */
export function createTurns(
  { store, brain, clock, metrics }: Parts,
  {
    jobs: { reminders, retention, erasure, withdrawals },
    codes,
    leases,
    downloads,
    desk,
    proposing,
  }: TurnParts,
): Turns {
  const { ranges } = brain.following.values.ipRanges
  return new Turns({
    ...{ store, brain, clock, leases, codes, downloads, reminders, withdrawals },
    ...(desk ? { desk } : {}),
    ...(proposing ? { proposing } : {}),
    readPage: createPageReader({ isAllowed: publicAddresses(ranges.map(({ range }) => range)) }),
    onUnmatched: (text, { conversation, turn }) =>
      keepUnmatched(store, unansweredId(conversation, turn), text, clock()),
    onBegin: (caseId, place) => retention.begin(caseId, place),
    onSeen: (seen) => countTurn(metrics, brain.dialogs.questions, seen),
    onConflict: () => metrics.conflicts.inc(),
    onForget: async (delivery, caseId) => {
      await retention.forget(caseId)
      await erasure.schedule(delivery, caseId)
    },
    onUnanswered: (question, { conversation, turn }) =>
      keepUnanswered(store, question, clock(), unansweredId(conversation, turn)),
  })
}
