import { bare } from './normalise.ts'

/**
 * The words of a list as `bare` leaves them. Lists come from `dialogs/` and stay as they are, so each is evened out
 * once and not for every message it is compared with.
 */
export function evened(words: readonly string[]): ReadonlySet<string> {
  let known = lists.get(words)
  if (!known) lists.set(words, (known = new Set(words.map(bare))))
  return known
}
const lists = new WeakMap<readonly string[], ReadonlySet<string>>()
