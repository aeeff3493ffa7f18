import { open, type Database, type RootDatabase } from 'lmdb'
import { AppError } from '../../errors.ts'
import { storeFailure, writeFailure } from './failure.ts'
import { Room } from './room.ts'
import { textKey } from './keys.ts'
import { wholeNumber } from './record.ts'

export type Table = Database<string, Uint8Array>

/** Raised whenever what is written on disk changes shape; an older program then refuses instead of misreading. */
const FORMAT = '1'
const FORMAT_KEY = textKey('format')
const COUNTER_KEY = textKey('counter')
const PROBE_KEY = textKey('probe')

/** The LMDB environment: its tables, one gate for reads and one for writes, and an orderly end. */
export class LmdbDatabase {
  readonly path: string
  readonly documents: Table
  readonly logs: Table
  readonly entries: Table
  readonly entryIds: Table
  readonly items: Table
  readonly due: Table
  readonly #root: RootDatabase
  readonly #meta: Table
  readonly #room: Room
  readonly #pending = new Set<Promise<unknown>>()
  #closed = false

  constructor(path: string) {
    this.path = path
    this.#room = new Room(path)
    this.#root = open({
      path,
      // A commit resolves only after the disk has it.
      overlappingSync: false,
      // A folder name with a dot would otherwise be taken for a file name.
      noSubdir: false,
      // The batch lmdb makes of each event turn carries a promise nobody can reach: on a full disk its rejection
      // would end the process. Calls made at once share a commit without it too.
      eventTurnBatching: false,
    })
    // One LMDB table per kind of record: a document can never meet a log or a queue item of the same name.
    const table = (name: string): Table =>
      this.#root.openDB<string, Uint8Array>({ name, encoding: 'string', keyEncoding: 'binary' })
    this.#meta = table('meta')
    this.documents = table('documents')
    this.logs = table('logs')
    this.entries = table('entries')
    this.entryIds = table('entry-ids')
    this.items = table('items')
    this.due = table('due')
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Everything `action` reads comes from one snapshot, because it runs without a pause. */
  read<Result>(action: () => Result): Result {
    this.assertOpen()
    try {
      return action()
    } catch (error) {
      throw storeFailure(this.path, error)
    }
  }

  /**
   * Runs `action` in a write transaction and resolves when it is on disk. Calls made at the same time share one
   * commit, which is what makes many small writes fast. That sharing has a price: a throw inside `action` does
   * not take back what it wrote before. So check everything first, write last.
   */
  async write<Result>(action: () => Result): Promise<Result> {
    this.assertOpen()
    this.#room.check()
    const done = this.#root.transaction(action)
    this.#pending.add(done)
    try {
      return await done
    } catch (error) {
      throw await writeFailure(this.path, error)
    } finally {
      this.#pending.delete(done)
    }
  }

  /**
   * `count` numbers never given before in this store; returns the first. Only inside `write`. Document versions
   * come from this one counter instead of from the document, because a document that is deleted takes its
   * version along: counting on from there would give the old versions out again. Tombstones would do too, but
   * they would keep the keys of erased cases forever.
   */
  takeNumbers(count: number): number {
    const last = wholeNumber(this.#meta.get(COUNTER_KEY) ?? '0')
    void this.#meta.put(COUNTER_KEY, String(last + count))
    return last + 1
  }

  /** @throws AppError `config-invalid` when another version of the program wrote the files */
  async checkFormat(): Promise<void> {
    const found = this.#meta.get(FORMAT_KEY)
    if (found === undefined) await this.write(() => void this.#meta.put(FORMAT_KEY, FORMAT))
    else if (found !== FORMAT) {
      throw new AppError('config-invalid', {
        detail: `The store ${this.path} has format ${found}; this program reads format ${FORMAT}.`,
        remedy: 'Start the version of the program that wrote it, or name another folder.',
        subject: this.path,
      })
    }
  }

  /** A real write: a full or read-only disk still reads well. */
  async probe(): Promise<void> {
    await this.write(() => void this.#meta.put(PROBE_KEY, 'ready'))
  }

  assertOpen(): void {
    if (this.#closed) {
      throw new AppError('store-closed', {
        detail: `The store ${this.path} is closed.`,
        remedy: 'Open it again; do not use a store after closing it.',
        subject: this.path,
      })
    }
  }

  /** Refuses new calls at once, lets the writes under way reach the disk, then closes the files. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled(this.#pending)
    await this.#root.close()
  }
}
