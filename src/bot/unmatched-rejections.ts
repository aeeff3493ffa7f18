import type { Store } from '../store/port.ts'

/** Log of what reviewers wrote and nobody understood, for whoever keeps rules/rejections.yaml. */
export const UNMATCHED_LOG = 'rejections:unmatched'

/**
 * Keeps a reviewer's text, whose numbers are hidden already, once however often its turn is taken.
 * @param id of the turn
 */
export async function keepUnmatched(store: Store, id: string, text: string, now: Date): Promise<void> {
  await store.logs.append(UNMATCHED_LOG, [{ id, value: { text, at: now.toISOString() } }])
}
