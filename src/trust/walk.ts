import { AppError } from '../errors.ts'
import type { Change } from '../store/rewrite.ts'
import { Envelope, isSealed, masterOf } from './envelope.ts'
import type { Keyring } from './keyring.ts'
import { openValue, renewValue } from './sealed-value.ts'

/** Puts every value under the current master key. Done twice it does nothing the second time. */
export function renewal(keyring: Keyring): Change {
  const envelope = new Envelope(keyring)
  return (place, value) => renewValue(envelope, place, value)
}

/** Opens every value, changes none, and tells what it met. */
export class Inspection {
  readonly #envelope: Envelope
  readonly #current: string
  readonly #byKey = new Map<string, number>()
  #plain = 0
  #broken = 0

  constructor(keyring: Keyring) {
    this.#envelope = new Envelope(keyring)
    this.#current = keyring[0].id
  }

  readonly look: Change = (place, value) => {
    if (!isSealed(value)) {
      this.#plain += 1
      return undefined
    }
    try {
      const id = masterOf(value)
      this.#byKey.set(id, (this.#byKey.get(id) ?? 0) + 1)
      openValue(this.#envelope, place, value)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      this.#broken += 1
    }
    return undefined
  }

  /** Everything is sealed and opens. */
  get sound(): boolean {
    return this.#plain === 0 && this.#broken === 0
  }

  report(): string {
    const keys = [...this.#byKey].map(
      ([id, count]) =>
        `${count} records under the key ${id}${id === this.#current ? ', the current one' : ''}`,
    )
    return [...keys, `${this.#plain} not sealed`, `${this.#broken} that do not open`].join('\n')
  }
}
