import { resolve } from 'node:path'
import { fromJson } from '../checks.ts'
import type { Held } from '../transfer.ts'
import type { LmdbDatabase } from './database.ts'
import { readHead, readPage } from './log-records.ts'
import { openLocked } from './open-locked.ts'
import { cut, wholeNumber } from './record.ts'

const PAGE = 500

/**
 * Everything an embedded store holds. Takes the folder's lock, so the assistant must not run on it meanwhile.
 * @throws AppError as `openEmbeddedStore` does
 */
export async function* dumpEmbedded(path: string): AsyncGenerator<Held> {
  const { database, close } = await openLocked(resolve(path))
  try {
    yield* documents(database)
    yield* entries(database)
    yield* items(database)
  } finally {
    await close()
  }
}

function* documents({ documents: table }: LmdbDatabase): Generator<Held> {
  for (const { key, value } of table.getRange({})) {
    const [, json] = cut(value)
    yield { kind: 'document', key: text(key), value: fromJson(json) }
  }
}

function* entries(database: LmdbDatabase): Generator<Held> {
  for (const name of [...database.logs.getKeys({})]) {
    const head = readHead(database, Buffer.from(name))
    if (head === undefined) continue
    for (let after = 0; after < head.last;) {
      const page = readPage(database, head, { after, limit: PAGE })
      yield { kind: 'entries', log: text(name), after, entries: page.map(({ id, value }) => ({ id, value })) }
      after += Math.max(page.length, 1)
    }
  }
}

/** A claimed item goes over unclaimed: whoever claimed it works on the old store. */
function* items({ items: table }: LmdbDatabase): Generator<Held> {
  for (const { key, value } of table.getRange({})) {
    const bytes = Buffer.from(key)
    const length = bytes.readUInt16BE(0)
    const [due, afterDue] = cut(value)
    const [, afterVisible] = cut(afterDue)
    const [, json] = cut(afterVisible)
    yield {
      kind: 'item',
      queue: text(bytes.subarray(2, 2 + length)),
      item: { id: text(bytes.subarray(2 + length)), due: wholeNumber(due), value: fromJson(json) },
    }
  }
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}
