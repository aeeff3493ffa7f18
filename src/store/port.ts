/**
 * What the product asks of a store: three primitives, nothing of botbuilder. Two adapters implement it and
 * both pass `test/store/conformance.ts`. Values are JSON values; keys are non-empty strings of at most
 * 512 UTF-8 bytes, any characters (`__proto__`, `constructor`, spaces, Chinese and control characters included).
 */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * A document with the version under which it was last written. Versions are positive and never used twice for a key, not
 * even after delete and re-create. The value is read when it is looked at, and what is wrong with it thrown then.
 */
export interface Versioned {
  readonly value: Json
  readonly version: number
}

/**
 * One write of a batch.
 * `expected`: the version the writer has seen; 0 = the key must not exist now; `any`, for a delete only: whatever is
 * there, also nothing.
 * `value` undefined deletes the document.
 */
export interface Write {
  readonly key: string
  readonly expected: number | 'any'
  readonly value: Json | undefined
}

export type PutResult =
  /** All writes took effect; the new version of each key, in order (for a delete: the version the delete took). */
  | { readonly ok: true; readonly versions: readonly number[] }
  /** Nothing was written; the keys whose version was not the expected one. */
  | { readonly ok: false; readonly conflicts: readonly string[] }

export interface Documents {
  get(key: string): Promise<Versioned | undefined>
  /** Same order as `keys`. A consistent snapshot of all of them. */
  getMany(keys: readonly string[]): Promise<readonly (Versioned | undefined)[]>
  /**
   * All or nothing, durable when it resolves. All keys of one batch share a tag (tags.ts): the text in braces, or what
   * stands behind the last colon. Keys of several tags, and the same key twice, are refused with AppError
   * `request-invalid`; nothing is written then.
   */
  put(writes: readonly Write[]): Promise<PutResult>
}

export interface NewEntry {
  /** Unique within the log: appending the same id again changes nothing and returns the sequence it already has. */
  readonly id: string
  readonly value: Json
}

export interface LogEntry extends NewEntry {
  /** 1, 2, 3 … in the order of appending, without gaps. The watermark of a log is the sequence of the last entry read. */
  readonly sequence: number
}

export interface Logs {
  /** Appends all or none, durable when it resolves. Returns the sequence of each entry, in order. */
  append(log: string, entries: readonly NewEntry[]): Promise<readonly number[]>
  /** Entries with a sequence greater than `after`, oldest first, at most `limit` (default 1000). */
  read(log: string, after: number, limit?: number): Promise<readonly LogEntry[]>
  /** Sequence of the newest entry, 0 for an empty or unknown log. */
  last(log: string): Promise<number>
  /** Entries after `after`, first those stored, then new ones as they are appended (by any process that shares the store), until `signal` aborts. Never misses, doubles or reorders one. */
  tail(log: string, after: number, signal: AbortSignal): AsyncIterable<LogEntry>
  remove(log: string): Promise<void>
}

export interface DueItem {
  readonly id: string
  /** Epoch milliseconds. */
  readonly due: number
  readonly value: Json
}

export interface ClaimedItem extends DueItem {
  /** Proof of the claim; `done` and `release` with an older receipt change nothing and return false. */
  readonly receipt: string
  /** How often it was claimed since it was scheduled, this time included. */
  readonly attempts: number
}

export interface DueQueue {
  /** Adds, or replaces an item of the same id (its claim, if any, becomes void). */
  schedule(item: DueItem): Promise<void>
  cancel(id: string): Promise<boolean>
  /** Items due at or before `now`, earliest first, hidden from other claims until `now + leaseMs`. */
  claim(now: number, limit: number, leaseMs: number): Promise<readonly ClaimedItem[]>
  /** The work is done: the item goes. */
  done(id: string, receipt: string): Promise<boolean>
  /** Not done: visible again at `due`. */
  release(id: string, receipt: string, due: number): Promise<boolean>
}

export interface Store {
  readonly documents: Documents
  readonly logs: Logs
  /** Named queues are independent of each other. */
  queue(name: string): DueQueue
  /** Resolves when the store can read and write; rejects with an AppError that names the cause. */
  ready(): Promise<void>
  /** Ends tails, flushes, closes. Calls after it reject with AppError `store-closed`. Idempotent. */
  close(): Promise<void>
}
