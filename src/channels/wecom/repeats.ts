import { createHash } from 'node:crypto'

/** For how long WeCom is asked to leave out what says the same. */
export const REPEAT_SECONDS = 600

/**
 * Tells a message sent again, which WeCom is to leave out, from one that says what another said before it, which it
 * must not. Remembered by this process, as long as WeCom remembers.
 */
export class Repeats {
  readonly #clock: () => Date
  /** By what was said to whom: the key of the message that said it, and when. */
  readonly #said = new Map<string, { readonly key: string; readonly at: number }>()

  constructor(clock: () => Date) {
    this.#clock = clock
  }

  /** Whether another message said the same to the same chat lately. */
  isRepeated(chat: string, body: string, key: string): boolean {
    const now = this.#clock().getTime()
    for (const [old, { at }] of this.#said) {
      if (now - at <= REPEAT_SECONDS * 1_000) break
      this.#said.delete(old)
    }
    const what = createHash('sha256')
      .update(JSON.stringify([chat, body]))
      .digest('base64')
    const before = this.#said.get(what)
    if (before && before.key !== key) return true
    if (!before) this.#said.set(what, { key, at: now })
    return false
  }
}
