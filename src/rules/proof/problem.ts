/** Something wrong in the rules or dialogs, said so that whoever keeps them can mend it without reading code. */
export interface Problem {
  /** File as seen from the top of the repository, such as `rules/decisions/filing-type.yaml`. */
  readonly file: string
  /** Row, fact, question or field inside the file. */
  readonly place: string
  readonly problem: string
  readonly remedy: string
  /** The smallest case that shows it, in words. */
  readonly example?: string
  /** Worth knowing, but nothing fails because of it. */
  readonly note?: true
}

/** "a", "a and b", "a, b and 3 more": long lists are cut, since a message must fit the eye. */
export function listed(items: readonly string[], limit = 4): string {
  if (items.length === 0) return 'nothing'
  const shown = items.length > limit + 1 ? items.slice(0, limit) : items
  const rest = items.length - shown.length
  const last = rest > 0 ? `${rest} more` : shown.at(-1)
  const first = rest > 0 ? shown : shown.slice(0, -1)
  return first.length > 0 ? `${first.join(', ')} and ${last}` : `${last}`
}

/** The candidate that is most alike, for "did you mean": undefined when none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.max(2, Math.floor(word.length / 3)) + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue
    const far = distance(word, candidate)
    if (far < least) [best, least] = [candidate, far]
  }
  return best
}

export function meant(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates)
  return near === undefined ? '' : ` Did you mean "${near}"?`
}

/** Number of letters to add, drop or change to turn one word into the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      )
    row = next
  }
  return row[b.length] ?? 0
}
