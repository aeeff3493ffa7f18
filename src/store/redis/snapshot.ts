import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../errors.ts'
import { tagOf } from '../tags.ts'
import type { RedisGate } from './gate.ts'
import { type KeySpace, bucketOf } from './keys.ts'

/** How often keys of several buckets are read again because something was written meanwhile. */
const ATTEMPTS = 30

/** Keys of one bucket, read by one command. */
interface Group {
  readonly tag: string
  readonly keys: string[]
}

type Texts = Map<string, string | null>

/**
 * The stored text of each key, all as they were at one moment. Keys of one bucket come by one command. Keys of
 * several buckets may lie on several servers: they are read, then it is checked that no bucket has counted on since
 * it was read; if one has, all are read again. Every write counts, so equal counters mean that all buckets stood
 * still from the end of the reading to the beginning of the check.
 */
export async function readSnapshot(
  gate: RedisGate,
  names: KeySpace,
  keys: readonly string[],
): Promise<readonly (string | null)[]> {
  const groups = groupByBucket(keys)
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const texts: Texts = new Map()
    const counters = await Promise.all(groups.map((group) => readGroup(gate, names, group, texts)))
    if (groups.length < 2 || (await stoodStill(gate, names, groups, counters))) {
      return keys.map((key) => texts.get(key) ?? null)
    }
    await sleep(Math.random() * attempt)
  }
  throw new AppError('store-conflict', {
    detail: 'Documents of several cases were written faster than they could be read together.',
    remedy: 'Read documents of different cases one by one; together only where they must be of one moment.',
    subject: 'key',
  })
}

function groupByBucket(keys: readonly string[]): readonly Group[] {
  const groups = new Map<number, Group>()
  for (const key of new Set(keys)) {
    const tag = tagOf(key)
    const group = groups.get(bucketOf(tag)) ?? { tag, keys: [] }
    group.keys.push(key)
    groups.set(bucketOf(tag), group)
  }
  return [...groups.values()]
}

async function readGroup(
  gate: RedisGate,
  names: KeySpace,
  group: Group,
  texts: Texts,
): Promise<string | null> {
  const [counter = null, ...found] = await gate.run((client) =>
    client.mget([names.counter(group.tag), ...group.keys.map((key) => names.document(key))]),
  )
  group.keys.forEach((key, index) => texts.set(key, found[index] ?? null))
  return counter
}

async function stoodStill(
  gate: RedisGate,
  names: KeySpace,
  groups: readonly Group[],
  counters: readonly (string | null)[],
): Promise<boolean> {
  const now = await Promise.all(groups.map(({ tag }) => gate.run((client) => client.get(names.counter(tag)))))
  return now.every((counter, index) => counter === counters[index])
}
