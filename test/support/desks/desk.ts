import { vi } from 'vitest'
import type { TestApp } from '../app.ts'

/** The product with its desk on one platform's stand-in, as one person of staff uses it there. */
export interface Desk {
  readonly app: TestApp
  /** The person's name, as applicants see it. */
  readonly name: string
  /** Asks to be told of every request for a person. */
  watch(): Promise<void>
  /** Presses the button of this command, once a message shows one. */
  presses(command: string): Promise<void>
  /** Writes into the case that was claimed. */
  says(text: string): Promise<void>
  /** Waits for a message that holds all of these. */
  sees(...parts: readonly string[]): Promise<void>
  /** Everything the platform was sent, as one text. */
  all(): string
  end(): Promise<void>
}

/** The configuration that every desk shares. */
export const ALWAYS_OPEN = { DESK_HOURS: 'mon-sun 00:00-24:00' }

/** Waits for one that fits among what a platform shows. */
export function soon<One>(shown: () => readonly One[], fits: (one: One) => boolean): Promise<One> {
  return vi.waitFor(
    () => {
      const found = shown().findLast(fits)
      if (found === undefined) throw new Error(`not shown; but ${JSON.stringify(shown())}`)
      return found
    },
    { timeout: 20_000, interval: 50 },
  )
}

/** Whether all parts are found in something that was shown. */
export function holds(one: unknown, parts: readonly string[]): boolean {
  const text = JSON.stringify(one)
  return parts.every((part) => text.includes(part))
}
