import { resolve } from 'node:path'
import { fromJson, toJson } from '../checks.ts'
import { added, type Change, type Rewritten } from '../rewrite.ts'
import type { LmdbDatabase, Table } from './database.ts'
import { readHead } from './log-records.ts'
import { numberKey } from './keys.ts'
import { openLocked } from './open-locked.ts'
import { cut, damaged, record } from './record.ts'

/** Records changed in one commit: few enough to be quick, many enough not to wait for the disk each time. */
const BATCH = 200
const GENERATION_BYTES = 8

/**
 * Walks over everything an embedded store holds and writes values anew in place: versions, sequences and claims stay,
 * since nothing has changed for the assistant. Takes the folder's lock, so it must not run on it meanwhile.
 * @throws AppError as `openEmbeddedStore` does, and what `change` throws: what was changed before stays so
 */
export async function rewriteEmbedded(path: string, change: Change): Promise<Rewritten> {
  const { database, close } = await openLocked(resolve(path))
  try {
    return await rewriteAll(database, change)
  } finally {
    await close()
  }
}

async function rewriteAll(database: LmdbDatabase, change: Change): Promise<Rewritten> {
  const documents = await rewriteTable(database, database.documents, (key, text) => {
    const [version, json] = cut(text)
    const next = change({ kind: 'document', key: plain(key) }, fromJson(json))
    return next === undefined ? undefined : record(version, toJson('value', next))
  })
  const names = logNames(database)
  const entries = await rewriteTable(database, database.entries, (key, text) => {
    const log = names.get(key.subarray(0, GENERATION_BYTES).toString('hex'))
    const [idText, json] = cut(text)
    const id = fromJson(idText)
    if (log === undefined || typeof id !== 'string') throw damaged('a log entry without its log or id')
    const next = change({ kind: 'entry', log, id }, fromJson(json))
    return next === undefined ? undefined : record(idText, toJson('entry value', next))
  })
  const items = await rewriteTable(database, database.items, (key, text) => {
    const nameEnd = 2 + key.readUInt16BE(0)
    const [due, afterDue] = cut(text)
    const [visible, afterVisible] = cut(afterDue)
    const [claim, json] = cut(afterVisible)
    const queue = plain(key.subarray(2, nameEnd))
    const next = change({ kind: 'item', queue, id: plain(key.subarray(nameEnd)) }, fromJson(json))
    return next === undefined ? undefined : record(due, visible, claim, toJson('item value', next))
  })
  return [documents, entries, items].reduce(added)
}

async function rewriteTable(
  database: LmdbDatabase,
  table: Table,
  next: (key: Buffer, text: string) => string | undefined,
): Promise<Rewritten> {
  // All keys first: a cursor must not walk over what is being written.
  const keys = [...table.getKeys({})].map((key) => Buffer.from(key))
  let changed = 0
  for (let at = 0; at < keys.length; at += BATCH) {
    await database.write(() => {
      const writes = keys.slice(at, at + BATCH).flatMap((key) => {
        const text = table.get(key)
        const value = text === undefined ? undefined : next(key, text)
        return value === undefined ? [] : [{ key, value }]
      })
      for (const { key, value } of writes) void table.put(key, value)
      changed += writes.length
    })
  }
  return { seen: keys.length, changed }
}

/** Name of each log by the generation its entries stand under. */
function logNames(database: LmdbDatabase): ReadonlyMap<string, string> {
  const names = [...database.logs.getKeys({})].map((name) => Buffer.from(name))
  return new Map(
    names.flatMap((name) => {
      const head = readHead(database, name)
      return head === undefined ? [] : [[numberKey(head.generation).toString('hex'), plain(name)] as const]
    }),
  )
}

function plain(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}
