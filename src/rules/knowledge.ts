/**
 * What is known about a key at a moment: the values it may still have. One value = known, several = open,
 * none = the key does not apply. A list is known as a whole or not at all.
 */
export type Known =
  | { readonly kind: 'one'; readonly possible: readonly string[] }
  | { readonly kind: 'list'; readonly values: readonly string[] | undefined }

export type Knowledge = (key: string) => Known

export const one = (...possible: string[]): Known => ({ kind: 'one', possible })
export const INAPPLICABLE: Known = { kind: 'one', possible: [] }

export function isSettled(known: Known): boolean {
  return known.kind === 'list' ? known.values !== undefined : known.possible.length === 1
}

/** The single value, where there is exactly one. */
export function settledValue(known: Known): string | undefined {
  return known.kind === 'one' && known.possible.length === 1 ? known.possible[0] : undefined
}
