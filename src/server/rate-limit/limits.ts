import { z } from 'zod'

/**
 * What is limited, and how many there may be in a minute. Meant to be out of the way of people, also of an office
 * behind one address; RATE_LIMITS changes single ones.
 */
export const RATE_LIMITS = {
  /** Requests and opened sockets of one address. */
  address: 1_200,
  /** Requests of one address to the routes that chat platforms call: a whole platform stands behind it. */
  platform: 6_000,
  /** Requests with one token, also one that turns out to be none. */
  token: 600,
  /** Messages in one conversation. */
  conversation: 120,
  /** Tokens asked for and conversations begun by one address. */
  begin: 240,
  /** Calls of `/api/ask` by one address. */
  ask: 240,
  /** Calls of `/api/assess` by one address. */
  assess: 600,
  /** Files fetched by one address. */
  download: 240,
  /** Files fetched of one case: a person takes a few, and a PDF is work. */
  'case-files': 20,
} as const satisfies Record<string, number>

export type RateLimit = keyof typeof RATE_LIMITS
export type RateSettings = Readonly<Record<RateLimit, number>> | 'off'

export const WINDOW_MS = 60_000

/** `off`, or single limits in place of those above: `address=3000,ask=60`. */
export const rateLimitsSchema = z.string().transform((text, context): RateSettings => {
  if (text.trim() === 'off') return 'off'
  const parts = text.split(',').map((part) => part.trim())
  const changed = parts
    .filter((part) => part !== '')
    .map((part) => {
      const [, name = '', number = ''] = /^([a-z-]+) *= *([1-9]\d{0,8})$/.exec(part) ?? []
      if (!Object.hasOwn(RATE_LIMITS, name))
        context.addIssue(
          `off, or name=number with one of ${Object.keys(RATE_LIMITS).join(', ')}, comma-separated`,
        )
      return [name, Number(number)] as const
    })
  return { ...RATE_LIMITS, ...Object.fromEntries(changed) }
})
