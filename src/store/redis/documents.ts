import { z } from 'zod'
import { checkBatch, checkKey, fromJson, toJson } from '../checks.ts'
import { lazily } from '../lazily.ts'
import type { Documents, PutResult, Versioned, Write } from '../port.ts'
import { tagOfBatch } from '../tags.ts'
import { ttlOf } from './config.ts'
import type { RedisGate } from './gate.ts'
import type { KeySpace } from './keys.ts'
import { newNonce, onceMs, step } from './once.ts'
import { damaged, parseReply, wholeNumber } from './reply.ts'
import { defineScript } from './script.ts'
import { readSnapshot } from './snapshot.ts'

/**
 * Compare-and-set over several documents.
 * KEYS: once, counter, document …; ARGV: how long `once` lasts, step, then per document expected version or `any`,
 * JSON (empty deletes) and ttl. Returns the first version, or the numbers of the documents in conflict.
 *
 * Where the batch only deletes, it deletes before it counts: so a full server, which refuses to count, can be
 * emptied. Where it also sets, it counts first, so that a full server refuses it before anything has changed.
 */
const PUT = defineScript(`
local known = redis.call('GET', KEYS[1])
if known then return known end
local conflicts, sets = {}, false
for i = 3, #KEYS do
  local at = 3 + (i - 3) * 3
  local head = redis.call('GETRANGE', KEYS[i], 0, 16)
  local stale = ARGV[at] ~= 'any' and (string.match(head, '^%d+') or '0') ~= ARGV[at]
  if stale then conflicts[#conflicts + 1] = i - 3 end
  sets = sets or ARGV[at + 1] ~= ''
end
if #conflicts > 0 then return conflicts end
need('DEL', KEYS[2]) need('SET', KEYS[2], 'x') need('INCRBY', KEYS[2], 1)
local first
local function count()
  local last = redis.call('INCRBY', KEYS[2], ARGV[2] + #KEYS - 3)
  first = last - (#KEYS - 3)
end
if sets then count() end
for i = 3, #KEYS do
  local at = 3 + (i - 3) * 3
  if ARGV[at + 1] == '' then
    redis.call('DEL', KEYS[i])
  else
    local record = text(first + i - 3) .. '\\n' .. ARGV[at + 1]
    if ARGV[at + 2] == '0' then redis.call('SET', KEYS[i], record)
    else redis.call('SET', KEYS[i], record, 'PX', ARGV[at + 2]) end
  end
end
if not sets then count() end
redis.call('SET', KEYS[1], text(first), 'PX', ARGV[1])
return text(first)
`)

const putReply = z.union([z.string(), z.array(z.number())])

/** Documents: one string each, `version \n json`. */
export class RedisDocuments implements Documents {
  readonly #gate: RedisGate
  readonly #keys: KeySpace

  constructor(gate: RedisGate, keys: KeySpace) {
    this.#gate = gate
    this.#keys = keys
  }

  async get(key: string): Promise<Versioned | undefined> {
    const name = this.#keys.document(checkKey('key', key))
    return parseDocument(await this.#gate.run((client) => client.get(name)))
  }

  async getMany(keys: readonly string[]): Promise<readonly (Versioned | undefined)[]> {
    for (const key of keys) checkKey('key', key)
    this.#gate.assertOpen()
    return (await readSnapshot(this.#gate, this.#keys, keys)).map(parseDocument)
  }

  async put(writes: readonly Write[]): Promise<PutResult> {
    const prepared = prepare(writes)
    this.#gate.assertOpen()
    if (prepared.length === 0) return { ok: true, versions: [] }
    const tag = tagOfBatch(prepared.map(({ key }) => key))
    const names = prepared.map(({ key }) => this.#keys.document(key))
    const { settings } = this.#gate
    const reply = await this.#gate.script(
      PUT,
      [this.#keys.once(tag, newNonce()), this.#keys.counter(tag), ...names],
      [
        onceMs(settings),
        step(),
        ...prepared.flatMap(({ key, expected, json }) => [expected, json, ttlOf(settings, key)]),
      ],
    )
    const outcome = parseReply(putReply, reply)
    if (typeof outcome === 'string') {
      const first = wholeNumber(outcome)
      return { ok: true, versions: prepared.map((_, index) => first + index) }
    }
    return { ok: false, conflicts: outcome.flatMap((index) => prepared[index]?.key ?? []) }
  }
}

function parseDocument(text: string | null): Versioned | undefined {
  if (text === null) return undefined
  const at = text.indexOf('\n')
  if (at < 0) throw damaged('a document without a version')
  return lazily(wholeNumber(text.slice(0, at)), () => fromJson(text.slice(at + 1)))
}

interface PreparedWrite {
  readonly key: string
  readonly expected: Write['expected']
  /** Empty deletes. */
  readonly json: string
}

function prepare(writes: readonly Write[]): readonly PreparedWrite[] {
  checkBatch(writes)
  return writes.map(({ key, expected, value }) => {
    return { key, expected, json: value === undefined ? '' : toJson('value', value) }
  })
}
