import { checkBatch, checkKey, fromJson, toJson } from '../checks.ts'
import { lazily } from '../lazily.ts'
import type { Documents, PutResult, Versioned, Write } from '../port.ts'
import type { LmdbDatabase } from './database.ts'
import { textKey } from './keys.ts'
import { cut, record, wholeNumber } from './record.ts'

interface PreparedWrite {
  readonly key: string
  readonly bytes: Buffer
  readonly expected: Write['expected']
  /** Undefined deletes. */
  readonly json: string | undefined
}

/** Documents: key → `version \n json`. */
export class EmbeddedDocuments implements Documents {
  readonly #database: LmdbDatabase

  constructor(database: LmdbDatabase) {
    this.#database = database
  }

  async get(key: string): Promise<Versioned | undefined> {
    const [found] = await this.getMany([key])
    return found
  }

  async getMany(keys: readonly string[]): Promise<readonly (Versioned | undefined)[]> {
    const wanted = keys.map((key) => textKey(checkKey('key', key)))
    return this.#database.read(() =>
      wanted.map((bytes) => {
        const text = this.#database.documents.get(bytes)
        if (text === undefined) return undefined
        const [version, json] = cut(text)
        return lazily(wholeNumber(version), () => fromJson(json))
      }),
    )
  }

  async put(writes: readonly Write[]): Promise<PutResult> {
    const prepared = prepare(writes)
    if (prepared.length === 0) {
      this.#database.assertOpen()
      return { ok: true, versions: [] }
    }
    return this.#database.write(() => this.#apply(prepared))
  }

  #apply(writes: readonly PreparedWrite[]): PutResult {
    const { documents } = this.#database
    const conflicts = writes.filter(
      ({ bytes, expected }) => expected !== 'any' && this.#version(bytes) !== expected,
    )
    if (conflicts.length > 0) return { ok: false, conflicts: conflicts.map((write) => write.key) }
    const first = this.#database.takeNumbers(writes.length)
    const versions = writes.map((_, index) => first + index)
    writes.forEach(({ bytes, json }, index) => {
      if (json === undefined) void documents.remove(bytes)
      else void documents.put(bytes, record(first + index, json))
    })
    return { ok: true, versions }
  }

  #version(bytes: Buffer): number {
    const text = this.#database.documents.get(bytes)
    return text === undefined ? 0 : wholeNumber(cut(text)[0])
  }
}

function prepare(writes: readonly Write[]): readonly PreparedWrite[] {
  checkBatch(writes)
  return writes.map(({ key, expected, value }) => {
    return {
      key,
      bytes: textKey(key),
      expected,
      json: value === undefined ? undefined : toJson('value', value),
    }
  })
}
