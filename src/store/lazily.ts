import type { Json, Versioned } from './port.ts'

/** A document whose value is read when it is first looked at: often its version is all that is asked for. */
export function lazily(version: number, read: () => Json): Versioned {
  let known: { readonly value: Json } | undefined
  return {
    get value() {
      return (known ??= { value: read() }).value
    },
    version,
  }
}
