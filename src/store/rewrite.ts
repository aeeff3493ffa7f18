import type { Place } from './place.ts'
import type { Json } from './port.ts'

/** The new value of a place; undefined leaves it as it is. */
export type Change = (place: Place, value: Json) => Json | undefined

/** What a walk over a whole store met. */
export interface Rewritten {
  readonly seen: number
  readonly changed: number
}

export function added(one: Rewritten, other: Rewritten): Rewritten {
  return { seen: one.seen + other.seen, changed: one.changed + other.changed }
}
