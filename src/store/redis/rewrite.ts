import { Cluster } from 'ioredis'
import { z } from 'zod'
import { fromJson, toJson } from '../checks.ts'
import { added, type Change, type Rewritten } from '../rewrite.ts'
import { makeClient } from './client.ts'
import { type RedisConfig, redisSettings } from './config.ts'
import { RedisGate } from './gate.ts'
import { entriesReply } from './log-entries.ts'
import { damaged, parseReply } from './reply.ts'
import { defineScript } from './script.ts'
import { checkServers } from './server-check.ts'
import { KeySpace } from './keys.ts'
import { redisTarget } from './url.ts'

const NOTHING: Rewritten = { seen: 0, changed: 0 }
const PAGE = 500

/** KEYS: document; ARGV: record as it was, record as it shall be. 0 where it is another by now. */
const SWAP = defineScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1
`)

/** KEYS: items; ARGV: id, record as it was, record as it shall be. */
const SWAP_ITEM = defineScript(`
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
`)

/**
 * KEYS: stream; ARGV: its length and first entry's value as they were, then id of the stream, entry id and JSON of
 * each. An entry of a stream cannot be changed, so all are written anew, under the ids they had.
 */
const SWAP_LOG = defineScript(`
if redis.call('XLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end
if redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1][2][4] ~= ARGV[2] then return 0 end
need('DEL', KEYS[1]) need('XADD', KEYS[1], '*', 'i', 'v') need('PEXPIRE', KEYS[1], 1)
local left = redis.call('PTTL', KEYS[1])
redis.call('DEL', KEYS[1])
for at = 3, #ARGV, 3 do redis.call('XADD', KEYS[1], ARGV[at], 'i', ARGV[at + 1], 'v', ARGV[at + 2]) end
if left > 0 then redis.call('PEXPIRE', KEYS[1], left) end
return 1
`)

/**
 * Walks over everything the store holds in Redis and writes values anew in place, while the assistant may run: what it
 * changes at the same moment is left to it, and looked at again.
 * @throws AppError as `openRedisStore` does, and what `change` throws: what was changed before stays so
 */
export async function rewriteRedis(config: RedisConfig, change: Change): Promise<Rewritten> {
  const settings = redisSettings(config)
  const target = redisTarget(settings)
  const gate = new RedisGate(makeClient(target, settings), settings, target.shown)
  try {
    await checkServers(gate, new KeySpace(settings.keyPrefix))
    let sum = NOTHING
    for (const key of await allKeys(gate, settings.keyPrefix)) {
      sum = added(sum, await rewriteKey(gate, settings.keyPrefix, key, change))
    }
    return sum
  } finally {
    await gate.close()
  }
}

/** Every key of the store; of a cluster, on each of its primaries. */
async function allKeys(gate: RedisGate, prefix: string): Promise<ReadonlySet<string>> {
  const keys = new Set<string>()
  const pattern = `${prefix.replace(/[*?[\]\\]/g, '\\$&')}{*`
  await gate.run(async (client) => {
    const nodes = client instanceof Cluster ? client.nodes('master') : [client]
    for (const node of nodes) {
      let cursor = '0'
      do {
        const [next, found] = await node.scan(cursor, 'MATCH', pattern, 'COUNT', PAGE)
        for (const key of found) keys.add(key)
        cursor = next
      } while (cursor !== '0')
    }
  })
  return keys
}

async function rewriteKey(gate: RedisGate, prefix: string, key: string, change: Change): Promise<Rewritten> {
  const named = /^\{\d+\}:(doc|log|items):([^]*)$/.exec(key.slice(prefix.length))
  const [, kind, name] = named ?? []
  if (kind === undefined || name === undefined) return NOTHING
  // Somebody else writes at the same moment at most a few times in a row.
  for (;;) {
    const done =
      kind === 'doc'
        ? await rewriteDocument(gate, key, name, change)
        : kind === 'log'
          ? await rewriteLog(gate, key, name, change)
          : await rewriteItems(gate, key, name, change)
    if (done) return done
  }
}

async function rewriteDocument(gate: RedisGate, key: string, name: string, change: Change) {
  const text = await gate.run((client) => client.get(key))
  if (text === null) return NOTHING
  const [head, json] = lastLine(text)
  const next = change({ kind: 'document', key: name }, fromJson(json))
  if (next === undefined) return { seen: 1, changed: 0 }
  const swapped = await gate.script(SWAP, [key], [text, `${head}\n${toJson('value', next)}`])
  return swapped === 1 ? { seen: 1, changed: 1 } : undefined
}

async function rewriteLog(gate: RedisGate, key: string, log: string, change: Change) {
  const reply = await gate.run((client) => client.xrange(key, '-', '+'))
  const entries = parseReply(entriesReply, reply)
  let changed = 0
  const args = entries.flatMap(([streamId, [, id, , json]]) => {
    const next = change({ kind: 'entry', log, id }, fromJson(json))
    if (next !== undefined) changed += 1
    return [streamId, id, next === undefined ? json : toJson('entry value', next)]
  })
  const [first] = entries
  if (changed === 0 || !first) return { seen: entries.length, changed: 0 }
  const swapped = await gate.script(SWAP_LOG, [key], [entries.length, first[1][3], ...args])
  return swapped === 1 ? { seen: entries.length, changed } : undefined
}

async function rewriteItems(gate: RedisGate, key: string, queue: string, change: Change) {
  const reply = await gate.run((client) => client.hgetall(key))
  const items = Object.entries(parseReply(z.record(z.string(), z.string()), reply))
  let changed = 0
  for (const [id, text] of items) {
    const [head, json] = lastLine(text)
    const next = change({ kind: 'item', queue, id }, fromJson(json))
    if (next === undefined) continue
    if ((await gate.script(SWAP_ITEM, [key], [id, text, `${head}\n${toJson('item value', next)}`])) !== 1)
      return undefined
    changed += 1
  }
  return { seen: items.length, changed }
}

/** JSON holds no line break, so what stands behind the last one is the value. */
function lastLine(text: string): readonly [string, string] {
  const at = text.lastIndexOf('\n')
  if (at < 0) throw damaged('a record without its fields')
  return [text.slice(0, at), text.slice(at + 1)]
}
