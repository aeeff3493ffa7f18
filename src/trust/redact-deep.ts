import { redact } from './redact.ts'

const DEEPEST = 6
const MOST_MEMBERS = 50
/** Of a longer text the rest is not logged at all. */
const LONGEST = 8_000
const SECRET_NAME = /authorization|cookie|password|secret|token|api-?key|signingkey/i

/** Everything in a value that goes into a log line, redacted; errors with their causes as plain objects. */
export function redactDeep(value: unknown, known: readonly string[], depth = 0): unknown {
  if (typeof value === 'string') return redact(value.slice(0, LONGEST), known)
  if (typeof value !== 'object' || value === null)
    return typeof value === 'bigint' ? redact(String(value), known) : value
  if (depth >= DEEPEST) return '[deeper]'
  if (value instanceof Error) return redactDeep(membersOf(value), known, depth)
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value))
    return value.slice(0, MOST_MEMBERS).map((one: unknown) => redactDeep(one, known, depth + 1))
  const entries = Object.entries(value).slice(0, MOST_MEMBERS)
  return Object.fromEntries(
    entries.map(([name, member]) => [
      redact(name, known),
      SECRET_NAME.test(name) ? '[secret]' : redactDeep(member, known, depth + 1),
    ]),
  )
}

/** `errors` is what an AggregateError and zod's errors are made of; requests and answers some carry are left out. */
function membersOf(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error
  return {
    type: name,
    message,
    stack,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...('remedy' in error ? { remedy: error.remedy } : {}),
    ...('subject' in error && error.subject !== undefined ? { subject: error.subject } : {}),
    ...('errors' in error ? { errors: error.errors } : {}),
    ...(cause === undefined ? {} : { cause }),
  }
}
