import { defineScript } from './script.ts'

/**
 * A queue is a hash, item id → `due \n receipt \n JSON`, and a sorted set of item ids by the time they become
 * visible: `due`, or the end of the lease while claimed. The receipt is empty while unclaimed.
 *
 * Each script but CLAIM has `once` as its first key and how long it lasts as its first argument: repeated after a
 * lost answer, it answers again and does nothing. A repeated CLAIM takes other items; those of the lost answer
 * come back when their lease ends.
 */
const ONCE = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 1 end
need('SET', KEYS[1], 'x') need('HSET', KEYS[2], 'i', 'v') need('HDEL', KEYS[2], 'i')
need('ZADD', KEYS[3], 1, 'i') need('ZREM', KEYS[3], 'i')
local function finish()
  redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
  return 1
end
local function holds()
  local record = redis.call('HGET', KEYS[2], ARGV[2])
  local receipt, json = string.match(record or '', '^%d+\\n([^\\n]*)\\n(.*)$')
  if receipt and receipt ~= '' and receipt == ARGV[3] then return json end
end
`

/** KEYS: once, items, due; ARGV: once lasts, id, due, JSON. */
export const SCHEDULE = defineScript(`${ONCE}
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3] .. '\\n\\n' .. ARGV[4])
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[2])
return finish()
`)

/** KEYS: once, items, due; ARGV: once lasts, id. */
export const CANCEL = defineScript(`${ONCE}
if redis.call('HDEL', KEYS[2], ARGV[2]) == 0 then return 0 end
redis.call('ZREM', KEYS[3], ARGV[2])
return finish()
`)

/** KEYS: once, items, due; ARGV: once lasts, id, receipt. */
export const DONE = defineScript(`${ONCE}
if not holds() then return 0 end
redis.call('HDEL', KEYS[2], ARGV[2])
redis.call('ZREM', KEYS[3], ARGV[2])
return finish()
`)

/** KEYS: once, items, due; ARGV: once lasts, id, receipt, due. */
export const RELEASE = defineScript(`${ONCE}
local json = holds()
if not json then return 0 end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[4] .. '\\n\\n' .. json)
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[2])
return finish()
`)

/**
 * KEYS: items, due; ARGV: now, most items, end of the lease, receipt. Returns id, due and JSON of each item.
 * One receipt serves them all: it proves a claim only together with the id.
 */
export const CLAIM = defineScript(`
local ids = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
if #ids == 0 then return {} end
need('HSET', KEYS[1], 'i', 'v') need('ZADD', KEYS[2], 1, 'i') need('ZREM', KEYS[2], 'i')
local claimed = {}
for _, id in ipairs(ids) do
  local record = redis.call('HGET', KEYS[1], id) or ''
  local due, json = string.match(record, '^(%d+)\\n[^\\n]*\\n(.*)$')
  if due then
    redis.call('HSET', KEYS[1], id, due .. '\\n' .. ARGV[4] .. '\\n' .. json)
    redis.call('ZADD', KEYS[2], ARGV[3], id)
    claimed[#claimed + 1] = { id, due, json }
  else
    redis.call('ZREM', KEYS[2], id)
  end
end
return claimed
`)
