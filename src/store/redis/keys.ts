import { crc32 } from 'node:zlib'
import { tagOf } from '../tags.ts'

/**
 * Into how many buckets the tags fall. Every bucket is one Redis Cluster slot: enough of them to spread over any
 * cluster this product needs, few enough that their counters take no room. Part of the stored format.
 */
export const BUCKETS = 1024

/** The bucket of a tag, 0 … 1023. */
export function bucketOf(tag: string): number {
  return crc32(tag) % BUCKETS
}

/**
 * The names used in Redis: `<prefix>{<bucket>}:<kind>:<name>`. The bucket stands in the first braces, so that
 * nothing in a name can lead a key to another slot.
 */
export class KeySpace {
  readonly prefix: string

  constructor(prefix: string) {
    this.prefix = prefix
  }

  document(key: string): string {
    return this.#named('doc', key)
  }

  /** The stream of a log. */
  log(name: string): string {
    return this.#named('log', name)
  }

  /** The hash of a log: entry id → sequence, and its generation under the empty id. */
  ids(name: string): string {
    return this.#named('ids', name)
  }

  /** The hash of a queue: item id → record. */
  items(queue: string): string {
    return this.#named('items', queue)
  }

  /** The sorted set of a queue: item ids by the time they become visible. */
  due(queue: string): string {
    return this.#named('due', queue)
  }

  /** The last number a bucket gave out. */
  counter(tag: string): string {
    return `${this.#slot(tag)}counter`
  }

  /** The trace a write leaves for a while, so that a repeated one is recognised. */
  once(tag: string, nonce: string): string {
    return `${this.#slot(tag)}once:${nonce}`
  }

  /** A key of no meaning in one bucket, for checks. */
  probe(bucket: number, name: string): string {
    return `${this.prefix}{${bucket}}:probe:${name}`
  }

  /** The version of this layout. */
  format(): string {
    return `${this.prefix}{0}:format`
  }

  /** The channel on which a log tells of new entries. */
  bell(log: string): string {
    return `${this.prefix}bell:${log}`
  }

  #named(kind: string, name: string): string {
    return `${this.#slot(tagOf(name))}${kind}:${name}`
  }

  #slot(tag: string): string {
    return `${this.prefix}{${bucketOf(tag)}}:`
  }
}
