/**
 * Evens out what makes equal answers look different: full width, case, spaces, marks at the ends, invisible
 * characters. Never longer than `limit` characters, so that nothing behind it can be made slow.
 */
export function normalise(text: string, limit = 500): string {
  return text
    .slice(0, limit * 4)
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}\p{Mn}]+/gu, (found) => (/[\n\t]/.test(found) ? ' ' : ''))
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/^[\s"'“”「」.。,，!！~…:：;；]+|[\s"'“”「」.。,，!！~…:：;；]+$/gu, '')
    .slice(0, limit)
}

/** Like `normalise`, with question marks at the end gone too: for comparing with words that are no question. */
export function bare(text: string): string {
  return normalise(text).replace(/[?？\s]+$/u, '')
}
