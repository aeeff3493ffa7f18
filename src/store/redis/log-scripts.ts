import { defineScript } from './script.ts'

/**
 * A log is a stream whose entry ids are `<sequence>-0`, and a hash: entry id → sequence, and the generation of the
 * log under the empty id. Nothing is ever cut off a stream, so its length is its last sequence.
 */

/**
 * KEYS: stream, ids, counter; ARGV: step, ttl, channel, then per entry id and JSON.
 * Returns the sequence of each entry.
 */
export const APPEND = defineScript(`
local last = redis.call('XLEN', KEYS[1])
need('XADD', KEYS[1], '*', 'i', 'v') need('HSET', KEYS[2], 'i', 'v')
need('INCRBY', KEYS[3], 1) need('PEXPIRE', KEYS[1], 1)
local sequences, before = {}, last
for at = 4, #ARGV, 2 do
  local sequence = tonumber(redis.call('HGET', KEYS[2], ARGV[at]) or '')
  if not sequence then
    if last == 0 then redis.call('HSET', KEYS[2], '', text(redis.call('INCRBY', KEYS[3], ARGV[1]))) end
    last = last + 1
    redis.call('XADD', KEYS[1], text(last) .. '-0', 'i', ARGV[at], 'v', ARGV[at + 1])
    redis.call('HSET', KEYS[2], ARGV[at], text(last))
    sequence = last
  end
  sequences[#sequences + 1] = sequence
end
if last > before then
  if ARGV[2] ~= '0' then
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
    redis.call('PEXPIRE', KEYS[2], ARGV[2])
  end
  redis.pcall('PUBLISH', ARGV[3], '')
end
return sequences
`)

/**
 * What a tail needs at once. KEYS: stream, ids; ARGV: after, generation last seen (empty: none), most entries, most
 * bytes. When the log was begun anew since, it starts from its first entry. Returns the generation, the position
 * the page starts after, and the entries.
 */
export const PAGE = defineScript(`
local generation = redis.call('HGET', KEYS[2], '') or ''
local after = ARGV[1]
if ARGV[2] ~= '' and generation ~= '' and generation ~= ARGV[2] then after = '0' end
local entries, bytes, from = {}, 0, '(' .. after
while #entries < tonumber(ARGV[3]) and bytes < tonumber(ARGV[4]) do
  local some = redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', 4)
  for _, entry in ipairs(some) do
    entries[#entries + 1] = entry
    bytes = bytes + #entry[2][4]
    from = '(' .. entry[1]
  end
  if #some < 4 then break end
end
return { generation, after, entries }
`)
