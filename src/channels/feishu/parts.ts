import type { Frame } from './frame.ts'

/** Messages in parts that are waited for at once, parts of one, bytes of all: more is not kept. */
const MOST_OPEN = 32
const MOST_PARTS = 64
const MOST_BYTES = 2 * 1024 * 1024

interface Open {
  readonly parts: (Buffer | undefined)[]
}

/** Puts the parts of large messages together. The oldest gives way where there is no room: it is delivered again. */
export class Parts {
  readonly #open = new Map<string, Open>()

  /** @returns the whole payload once it is there; undefined before, and for what makes no sense */
  add({ headers, payload }: Frame): Buffer | undefined {
    const [sum, seq] = [countOf(headers.get('sum') ?? '1'), countOf(headers.get('seq') ?? '0')]
    const id = headers.get('message_id') ?? ''
    if (sum === undefined || seq === undefined || sum < 1 || sum > MOST_PARTS || seq >= sum) return undefined
    if (sum === 1) return payload
    const open = this.#open.get(id) ?? { parts: Array<Buffer | undefined>(sum).fill(undefined) }
    if (open.parts.length !== sum) return undefined
    open.parts[seq] = payload
    this.#open.set(id, open)
    const whole = open.parts.filter((part) => part !== undefined)
    if (whole.length === sum) {
      this.#open.delete(id)
      return Buffer.concat(whole)
    }
    this.#makeRoom()
    return undefined
  }

  #makeRoom(): void {
    for (const id of this.#open.keys()) {
      if (this.#open.size <= MOST_OPEN && this.#bytes() <= MOST_BYTES) return
      this.#open.delete(id)
    }
  }

  #bytes(): number {
    let all = 0
    for (const { parts } of this.#open.values()) for (const part of parts) all += part?.length ?? 0
    return all
  }
}

function countOf(text: string): number | undefined {
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined
}
