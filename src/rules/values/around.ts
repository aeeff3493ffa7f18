/** Marks at the ends of an answer that are no part of it. */
const EDGES = /^[\s"'“”‘’「」『』《》,，、。.:：;；!！~?？]+|[\s"'“”‘’「」『』《》,，、。:：;；!！~?？]+$/gu

/**
 * The answer without the words around it: a lead-in at the start ("my name is"), quotes and closing marks. A word
 * in Latin letters counts only as a whole. Text that is nothing but a lead-in is left as it is.
 */
export function withoutWords(text: string, leadIns: readonly string[], closings: readonly string[] = []): string {
  let rest = trimmed(text)
  const lower = rest.toLowerCase()
  const leadIn = longestFirst(leadIns).find((word) => lower.startsWith(word) && parted(word, rest.slice(word.length)))
  if (leadIn !== undefined && trimmed(rest.slice(leadIn.length)) !== '') rest = trimmed(rest.slice(leadIn.length))
  const closing = longestFirst(closings).find(
    (word) => rest.toLowerCase().endsWith(word) && rest.length > word.length && /[\s,，。!！]/u.test(rest.at(-word.length - 1) ?? ''),
  )
  return closing === undefined ? rest : trimmed(rest.slice(0, -closing.length))
}

function trimmed(text: string): string {
  return text.replace(EDGES, '')
}

function longestFirst(words: readonly string[]): readonly string[] {
  return [...words].sort((a, b) => b.length - a.length)
}

function parted(word: string, after: string): boolean {
  return !/[a-z]$/.test(word) || !/^[\p{L}\p{N}]/u.test(after)
}
