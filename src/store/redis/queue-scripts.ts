import { defineScript } from './script.ts'

/**
 * A queue is a hash, item id → `due \n receipt attempts \n JSON`, and a sorted set of item ids by the time they become
 * visible: `due`, or the end of the lease while claimed. The receipt is empty while unclaimed;
 * attempts are the claims since it was scheduled, and not there before the first.
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
  local receipt, attempts, json = string.match(record or '', '^%d+\\n([^\\n ]*) ?(%d*)\\n(.*)$')
  if receipt and receipt ~= '' and receipt == ARGV[3] then return json, attempts end
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
local json, attempts = holds()
if not json then return 0 end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[4] .. '\\n ' .. attempts .. '\\n' .. json)
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[2])
return finish()
`)

/**
 * KEYS: items, due; ARGV: now, most items, end of the lease, receipt. Returns id, due, JSON and attempts of each.
 * One receipt serves them all: it proves a claim only together with the id.
 */
export const CLAIM = defineScript(`
local ids = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
if #ids == 0 then return {} end
need('HSET', KEYS[1], 'i', 'v') need('ZADD', KEYS[2], 1, 'i') need('ZREM', KEYS[2], 'i')
local claimed = {}
for _, id in ipairs(ids) do
  local record = redis.call('HGET', KEYS[1], id) or ''
  local due, before, json = string.match(record, '^(%d+)\\n[^\\n ]* ?(%d*)\\n(.*)$')
  if due then
    local attempts = text((tonumber(before) or 0) + 1)
    redis.call('HSET', KEYS[1], id, due .. '\\n' .. ARGV[4] .. ' ' .. attempts .. '\\n' .. json)
    redis.call('ZADD', KEYS[2], ARGV[3], id)
    claimed[#claimed + 1] = { id, due, json, attempts }
  else
    redis.call('ZREM', KEYS[2], id)
  end
end
return claimed
`)
