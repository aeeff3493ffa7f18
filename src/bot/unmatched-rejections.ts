import type { Store } from '../store/port.ts'
import { anonymise } from '../trust/redact.ts'
import { hiddenValues } from '../trust/scope.ts'
import { keepMonthly } from './monthly-log.ts'

/** Log of what reviewers wrote and nobody understood, for whoever keeps rules/rejections.yaml. */
export const UNMATCHED_LOG = 'rejections:unmatched'

/**
 * Keeps a reviewer's text, with everything taken out that may say whose it is, once however often its turn is taken.
 * @param id of the turn
 */
export async function keepUnmatched(store: Store, id: string, text: string, now: Date): Promise<void> {
  const value = { text: anonymise(text, hiddenValues()), at: now.toISOString() }
  await keepMonthly(store, UNMATCHED_LOG, { id, value }, now)
}
