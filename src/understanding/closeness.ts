import { isLatin } from './normalise.ts'

/**
 * The names nearest to a misspelt one, or none when nothing is near enough: one slip in 5 to 7 letters, two from 8
 * on, one character of three in Chinese. At equal distance all are given, so that they can be offered.
 */
export function nearest(names: Iterable<string>, said: string): readonly string[] {
  const allowed = slips(said)
  if (allowed === 0) return []
  const latin = isLatin(said)
  let best = allowed
  let found: string[] = []
  for (const name of names) {
    if (isLatin(name) !== latin || Math.abs(name.length - said.length) > best || slips(name) === 0) continue
    if (!latin && name.length !== said.length) continue
    const distance = editDistance(name, said, best)
    if (distance > best) continue
    if (distance < best) found = []
    best = distance
    found.push(name)
  }
  return found
}

function slips(name: string): number {
  if (!isLatin(name)) return name.length >= 3 && name.length <= 8 ? 1 : 0
  if (name.length < 5 || name.length > 40) return 0
  return name.length < 8 ? 1 : 2
}

/** Edits with swapped neighbours as one (optimal string alignment); anything above `limit` comes back as more. */
export function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let value = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, (before[j - 2] ?? 0) + 1)
      row.push(value)
    }
    if (Math.min(...row) > limit) return limit + 1
    before = last
    last = row
  }
  return last[b.length] ?? 0
}
