/** A code found in a text: what `read` made of the letters and digits once everything between them was left out. */
export interface Hit<T> {
  readonly text: string
  readonly read: T
}

/** How sure a reader is: `sure` for a check digit that fits, `shape` for the right length and letters. */
export interface Read {
  readonly rank: 'sure' | 'shape'
}

interface Token {
  readonly text: string
  /** Only blanks, dashes, dots or brackets lie between this token and the next. */
  readonly joinsNext: boolean
}

/**
 * Finds codes that people write with gaps ("138 0013 8000") and inside sentences. Neighbouring tokens are
 * joined and offered to `read`; sure readings win over mere shapes, earlier and longer ones over others, and no
 * token is used twice. Equal codes count once. `text` is tidied and upper case.
 */
export function codesInText<T extends Read>(
  text: string,
  longest: number,
  read: (joined: string) => T | undefined,
): readonly Hit<T>[] {
  const tokens = tokensOf(text)
  const hits: { from: number; to: number; hit: Hit<T> }[] = []
  for (let from = 0; from < tokens.length; from++) {
    let joined = ''
    for (let to = from; to < tokens.length; to++) {
      joined += tokens[to]?.text ?? ''
      if (joined.length > longest) break
      const reading = read(joined)
      if (reading) hits.push({ from, to, hit: { text: joined, read: reading } })
      if (!tokens[to]?.joinsNext) break
    }
  }
  hits.sort((a, b) => rankOf(a.hit) - rankOf(b.hit) || a.from - b.from || b.to - a.to)
  const used = new Set<number>()
  const kept = new Map<string, Hit<T>>()
  for (const { from, to, hit } of hits) {
    const places = Array.from({ length: to - from + 1 }, (_, index) => from + index)
    if (places.some((place) => used.has(place))) continue
    places.forEach((place) => used.add(place))
    if (!kept.has(hit.text)) kept.set(hit.text, hit)
  }
  return [...kept.values()]
}

/** The longest chain of joined tokens from its first to its last digit: what somebody meant as the number. */
export function longestRun(text: string): string {
  let best = ''
  let chain: string[] = []
  for (const token of tokensOf(text)) {
    chain.push(token.text)
    if (token.joinsNext) continue
    const run = betweenDigits(chain)
    if (run.length > best.length) best = run
    chain = []
  }
  return best
}

function betweenDigits(chain: readonly string[]): string {
  const hasDigit = (token: string) => /\d/.test(token)
  const first = chain.findIndex(hasDigit)
  return first < 0 ? '' : chain.slice(first, chain.findLastIndex(hasDigit) + 1).join('')
}

function rankOf(hit: Hit<Read>): number {
  return hit.read.rank === 'sure' ? 0 : 1
}

function tokensOf(text: string): readonly Token[] {
  const matches = [...text.matchAll(/[0-9A-Z]+/g)]
  return matches.map((match, index) => {
    const next = matches[index + 1]
    const gap = next && text.slice(match.index + match[0].length, next.index)
    return { text: match[0], joinsNext: gap !== undefined && /^[\s\-._/()+·]{0,4}$/.test(gap) }
  })
}
