import { AppError } from '../errors.ts'

/** The tag of all keys that name no case: settings and other things of the whole installation. */
export const NO_CASE = ''

/**
 * What a key is about. Keys of one tag lie together in a store that spreads over machines, and can be written in one
 * batch:
 * - the text in the first pair of braces: `turn:{abc}:17` → `abc`
 * - otherwise what stands behind the last colon: `case:abc`, `dl:conversation:abc` → `abc`
 * - otherwise nothing: all keys without a colon belong together
 */
export function tagOf(key: string): string {
  const braces = /\{([^}]+)\}/.exec(key)?.[1]
  if (braces !== undefined) return braces
  const colon = key.lastIndexOf(':')
  return colon < 0 ? NO_CASE : key.slice(colon + 1)
}

/**
 * The one tag of a batch. Every adapter asks for it, also one that could write any keys together: what runs on a
 * folder must run on a cluster.
 * @throws AppError `request-invalid` when the keys have several
 */
export function tagOfBatch(keys: readonly string[]): string {
  const [first = NO_CASE, second] = new Set(keys.map(tagOf))
  if (second === undefined) return first
  throw new AppError('request-invalid', {
    detail: 'A batch holds keys of different cases: they may lie on different servers.',
    remedy: 'Write them in batches of their own, or give their keys one tag in braces: kind:{tag}:rest.',
    subject: 'key',
  })
}
