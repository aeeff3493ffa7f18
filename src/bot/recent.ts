/** A value is kept so long after it was last used, at most twice as long. */
const TURN_MS = 60_000
/** Values until the older ones go before their time. */
const MOST = 1_000

interface Version<Value> {
  readonly version: number
  readonly value: Value
}

/**
 * What was read or written lately, by key and version, so that it need not be opened and read again while a
 * conversation goes on. The store is asked all the same: only its version says that what is kept still holds. A
 * value that nobody asks for is gone after two minutes, so that no case stays in the memory of the process.
 */
export class Recent<Value> {
  #young = new Map<string, Version<Value>>()
  #old = new Map<string, Version<Value>>()
  #timer: NodeJS.Timeout | undefined

  get(key: string, version: number): Value | undefined {
    const known = this.#young.get(key) ?? this.#old.get(key)
    if (known?.version !== version) return undefined
    this.set(key, version, known.value)
    return known.value
  }

  set(key: string, version: number, value: Value): void {
    if (this.#young.size >= MOST) this.#turn()
    this.#young.set(key, { version, value })
    this.#old.delete(key)
    this.#timer ??= setInterval(() => this.#turn(), TURN_MS).unref()
  }

  delete(key: string): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }

  #turn(): void {
    this.#old = this.#young
    this.#young = new Map()
    if (this.#old.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
