import type { Dossier } from '../../interview/dossier/schema.ts'

/** A rule drawn from dozens of documents names the first of them on paper, and all of them in the data. */
const MOST = 6

/** Numbers the sources in the order in which they are quoted first. */
export class Quoting {
  readonly #sources: Dossier['sources']
  readonly #numbers = new Map<string, number>()

  constructor(sources: Dossier['sources']) {
    this.#sources = sources
  }

  numbersOf(keys: readonly string[]): readonly number[] {
    return [...new Set(keys)]
      .filter((key) => Object.hasOwn(this.#sources, key))
      .slice(0, MOST)
      .map((key) => {
        const known = this.#numbers.get(key)
        if (known !== undefined) return known
        this.#numbers.set(key, this.#numbers.size + 1)
        return this.#numbers.size
      })
  }

  /** Every source that was quoted, by number. */
  get quoted(): readonly Dossier['sources'][string][] {
    return [...this.#numbers.keys()].flatMap((key) => this.#sources[key] ?? [])
  }
}
