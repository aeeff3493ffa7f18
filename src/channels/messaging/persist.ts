import { setTimeout as pause } from 'node:timers/promises'

/**
 * Does it again after each of the pauses, for what a platform delivers once only. Ended by the signal, it is tried a
 * last time. Rejects as the last attempt does.
 */
export async function persist(
  work: () => Promise<void>,
  pausesMs: readonly number[],
  signal?: AbortSignal,
): Promise<void> {
  for (const wait of pausesMs) {
    if (signal?.aborted) break
    try {
      return await work()
    } catch {
      await pause(wait, undefined, signal ? { signal } : {}).catch(() => undefined)
    }
  }
  return work()
}
