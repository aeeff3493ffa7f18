import { isIP } from 'node:net'
import { tidy, TEXT_LIMIT } from './tidy.ts'
import { accepted, refused, type Validation } from './validation.ts'

/** Nobody publishes the exact shape of these codes: only what cannot be one is refused. */
const SHORTEST = 6
const LONGEST = 64
const INSTANCE = /^i-[a-z0-9]{6,}$/

/** Alibaba Cloud filing service number (备案服务号): facts server.code.what and server.code.other_account. */
export function serviceNumber(text: string): Validation {
  return serverCode(text, 'service-number')
}

/** Identifier of a cloud server instance, such as those beginning with i-. */
export function instanceId(text: string): Validation {
  return serverCode(text, 'instance-id')
}

function serverCode(text: string, wanted: 'service-number' | 'instance-id'): Validation {
  const plain = tidy(text)
  if (plain === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const pieces = [...new Set(plain.match(/[A-Za-z0-9][A-Za-z0-9._-]*/g) ?? [])].map((piece) => piece.replace(/[._-]+$/, ''))
  const codes = pieces.filter((piece) => /\d/.test(piece))
  if (codes.length > 1) return refused('several')
  const code = codes[0] ?? longWord(pieces)
  if (code === undefined) return refused(`${wanted}.missing`)
  if (isIP(code) !== 0 || /\.[a-z]{2,}$/i.test(code)) return refused(`${wanted}.is-address`)
  if (code.length < SHORTEST || code.length > LONGEST || code.includes('.'))
    return refused(`${wanted}.length`, { count: String(code.length), shortest: String(SHORTEST), longest: String(LONGEST) })
  if (wanted === 'service-number' && INSTANCE.test(code.toLowerCase())) return refused('service-number.is-instance')
  return accepted(wanted === 'instance-id' ? code.toLowerCase() : code, {})
}

/** The only word, if it is too long for one of a language or names an address. */
function longWord(pieces: readonly string[]): string | undefined {
  const [only, ...others] = pieces
  return only !== undefined && others.length === 0 && (only.includes('.') || only.length > 16) ? only : undefined
}
