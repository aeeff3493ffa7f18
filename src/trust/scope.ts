import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'

/** What goes with one piece of work, however many calls deep: its id, and what must not be said of it. */
interface Scope {
  readonly id: string
  readonly known: (() => Iterable<string>)[]
}

const scopes = new AsyncLocalStorage<Scope>()

/** Runs a request, a turn or a reminder: every log line of it has the same id. Within another it is part of that. */
export function inScope<Result>(work: () => Result): Result {
  if (scopes.getStore()) return work()
  return scopes.run({ id: randomBytes(9).toString('base64url'), known: [] }, work)
}

/** From here on the log hides these values. They are worked out only when something is logged. */
export function hide(values: () => Iterable<string>): void {
  scopes.getStore()?.known.push(values)
}

export function scopeId(): string | undefined {
  return scopes.getStore()?.id
}

export function hiddenValues(): readonly string[] {
  return scopes.getStore()?.known.flatMap((values) => [...values()]) ?? []
}
