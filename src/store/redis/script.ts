import { createHash } from 'node:crypto'

/** A Lua script, known to Redis by its hash once it has run there. */
export interface Script {
  readonly lua: string
  readonly sha: string
}

/**
 * Scripts run alone and at once, which is what makes a batch all or nothing: Redis rolls nothing back, so each
 * checks everything before it writes anything.
 * `need` refuses a command the user may not run, before another one has written.
 * `text` writes a number out in full; Lua itself would round it to 14 digits.
 */
const PRELUDE = `
local function need(...)
  if not redis.acl_check_cmd(...) then
    error({ err = 'NOPERM no permissions to run ' .. select(1, ...) .. ' on keys of the store' })
  end
end
local function text(number) return string.format('%.0f', number) end
`

export function defineScript(body: string): Script {
  const lua = PRELUDE + body
  return { lua, sha: createHash('sha1').update(lua).digest('hex') }
}
