import type { Json } from '../../store/port.ts'

/** Long enough to write it down, also after a page was loaded anew by mistake. */
export const SHOWN_MS = 10 * 60_000

/** No character of a code or secret looks like another (bot/case-code.ts). */
const FOUR = '[2-9A-HJKMNP-TV-Z]{4}'
/** Three groups of four, not all of them digits, as the bot says it. */
const SAID = new RegExp(`(?<![0-9A-Z-])(?=[0-9-]*[A-Z])${FOUR}(?:-${FOUR}){2}(?![0-9A-Z-])`, 'g')
/** A code and a secret one after the other, as people type them. */
const TYPED = new RegExp(
  `(?<![0-9A-Z])(${FOUR}[-－ ]?${FOUR})[\\s,:，：/]+${FOUR}(?:[-－ ]?${FOUR}){2}(?![0-9A-Z])`,
  'gi',
)
const MASK = '••••-••••-••••'

/**
 * The secret of a case is shown once: whoever reads the conversation later, on the same browser say, finds a mask in its
 * place. In the store it adds nothing, since the case itself lies beside it.
 */
export function hideSecret(activity: Json, now: Date): Json {
  if (!isMessage(activity) || !(SHOWN_MS <= now.getTime() - Date.parse(activity.timestamp))) return activity
  return masked(activity.text) === activity.text ? activity : deep(activity)
}

function masked(text: string): string {
  return text
    .replace(SAID, MASK)
    .replace(TYPED, (whole, code: string) => (/\d/.test(whole) ? `${code} ${MASK}` : whole))
}

function deep(value: Json): Json {
  if (typeof value === 'string') return masked(value)
  if (Array.isArray(value)) return value.map(deep)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, one === undefined ? undefined : deep(one)] as const),
  )
}

function isMessage(activity: Json): activity is { readonly text: string; readonly timestamp: string } {
  return (
    typeof activity === 'object' &&
    activity !== null &&
    'text' in activity &&
    typeof activity.text === 'string' &&
    'timestamp' in activity &&
    typeof activity.timestamp === 'string'
  )
}
