import type { Json } from '../../store/port.ts'

const ENDS = /[,，。;；:：!！?？\s]+/u

/**
 * What of a payload somebody may have said: each of its texts, and what stands between its marks and blanks. To be hidden
 * from the log where sending goes wrong; names of members and of kinds are of the platform and are left alone.
 */
export function saidIn(payload: Json): readonly string[] {
  if (typeof payload === 'string') return [payload, ...payload.split(ENDS)].filter((part) => SAID.test(part))
  if (typeof payload !== 'object' || payload === null) return []
  return Object.values(payload).flatMap((value) => (value === undefined ? [] : saidIn(value)))
}

/** Han, a blank, a digit or a mark: more than the name of a kind such as `rich_text`. */
const SAID = /[\p{Script=Han}\s\d@：:]/u
