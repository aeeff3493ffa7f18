import type { Storage, StoreItems } from 'botbuilder'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { Json, Store, Versioned, Write } from '../store/port.ts'

/** How often a write that does not ask for a version is tried while others write the same items. */
const ATTEMPTS = 50
const ANY_VERSION = '*'

const keyList = z.array(z.string())
const changedItem = z.looseObject({ eTag: z.string().nullish() })
const storedItem = z.record(z.string(), z.json())

interface Options {
  /**
   * Items of one scope can be written in one call; they lie together in a store that spreads over machines. So
   * what grows with the number of users gets a scope for each of them.
   */
  readonly scope?: string
}

/**
 * botbuilder's `Storage` on the store of the product, for what the SDK itself wants to keep. The eTag of an item is
 * its version. Unlike the SDK's own: a write of several items takes effect as a whole or not at all, an item that
 * was deleted meanwhile is not brought back by a stale eTag, and any key may be used.
 */
export class SdkStorage implements Storage {
  readonly #store: Store
  readonly #prefix: string

  constructor(store: Store, { scope = 'sdk' }: Options = {}) {
    if (/[{}]/.test(scope) || scope === '') throw invalid('scope', 'Pass a text without braces.')
    this.#store = store
    this.#prefix = `sdk:{${scope}}:`
  }

  /** Unknown keys are not in the result. @throws AppError `request-invalid` without keys */
  async read(keys: string[]): Promise<StoreItems> {
    const wanted = parse(keyList, keys, 'keys')
    const found = await this.#find(wanted)
    // Without a prototype: an unknown key named "constructor" is really not there.
    const items = Object.create(null) as StoreItems
    wanted.forEach((key, index) => {
      const document = found[index]
      if (document !== undefined) {
        items[key] = { ...storedItem.parse(document.value), eTag: String(document.version) }
      }
    })
    return items
  }

  /**
   * An item with an eTag is written if it is still the one that was read; one without, or with `*`, in any case.
   * @throws AppError `store-conflict`: then nothing was written; `request-invalid` without changes
   */
  async write(changes: StoreItems): Promise<void> {
    parse(z.object({}), changes, 'changes')
    // Not by a schema of the whole: it would pass over an item named "__proto__".
    const entries = Object.entries<unknown>(changes).map(([key, change]) => {
      const { eTag, ...item } = parse(changedItem, change, 'changes')
      if (eTag === '') throw invalid('eTag', 'Pass the eTag that was read, "*", or none.')
      return { key, eTag: eTag ?? ANY_VERSION, value: toJson(item) }
    })
    await this.#put(
      entries.map(({ key }) => key),
      (found) =>
        entries.map(({ key, eTag, value }, index) => ({
          key: this.#prefix + key,
          expected: eTag === ANY_VERSION ? (found[index]?.version ?? 0) : versionOf(eTag),
          value,
        })),
    )
  }

  /** Unknown keys are passed over. @throws AppError `request-invalid` without keys */
  async delete(keys: string[]): Promise<void> {
    const unique = [...new Set(parse(keyList, keys, 'keys'))]
    await this.#put(unique, (found) =>
      unique.flatMap((key, index): Write[] => {
        const expected = found[index]?.version
        return expected === undefined ? [] : [{ key: this.#prefix + key, expected, value: undefined }]
      }),
    )
  }

  async #put(
    keys: readonly string[],
    writesOf: (found: readonly (Versioned | undefined)[]) => readonly Write[],
  ): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const found = await this.#find(keys)
      const writes = writesOf(found)
      // Whoever names a version that is not the present one loses at once; a race for the present one goes on.
      if (
        writes.some(({ key, expected }) => expected !== (found[keys.indexOf(this.#bare(key))]?.version ?? 0))
      )
        break
      if ((await this.#store.documents.put(writes)).ok) return
    }
    throw new AppError('store-conflict', {
      detail: 'An item was changed by someone else since it was read; nothing was written.',
      remedy: 'Read it again, apply the change to what is there now, and write that.',
      subject: 'eTag',
    })
  }

  #find(keys: readonly string[]): Promise<readonly (Versioned | undefined)[]> {
    return this.#store.documents.getMany(keys.map((key) => this.#prefix + key))
  }

  #bare(key: string): string {
    return key.slice(this.#prefix.length)
  }
}

/** -1 for an eTag that this store never gave: no document has that version. */
function versionOf(eTag: string): number {
  return /^[1-9]\d{0,15}$/.test(eTag) ? Number(eTag) : -1
}

/** As the SDK's own storages do: what JSON does not know is left out. */
function toJson(item: object): Json {
  return parse(storedItem, JSON.parse(JSON.stringify(item)), 'changes')
}

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown, subject: string): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw invalid(subject, `Pass ${subject === 'keys' ? 'a list of keys' : 'an object of items by key'}.`)
}

function invalid(subject: string, remedy: string): AppError {
  return new AppError('request-invalid', { detail: `The ${subject} cannot be used.`, remedy, subject })
}
