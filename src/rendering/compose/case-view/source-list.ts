import type { NumberedStatement } from '../../case-view.ts'
import type { SourceLine, Statement } from '../../message.ts'

/** Collects the sources of many statements, each once: a view quotes the same few over and over. */
export class SourceList {
  readonly #places = new Map<string, number>()
  readonly #lines: SourceLine[] = []

  get lines(): readonly SourceLine[] {
    return this.#lines
  }

  numbered({ sources, ...statement }: Statement): NumberedStatement {
    return { ...statement, sources: sources.map((line) => this.#placeOf(line)) }
  }

  #placeOf(line: SourceLine): number {
    const key = `${line.url ?? ''}\n${line.label}`
    const known = this.#places.get(key)
    if (known !== undefined) return known
    this.#places.set(key, this.#lines.length)
    return this.#lines.push(line) - 1
  }
}
