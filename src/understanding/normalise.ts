import { simplified } from './traditional.ts'

/**
 * Evens out what makes equal answers look different: full width, traditional characters, case, spaces, marks at
 * the ends, invisible characters. Never longer than `limit` characters, so that nothing behind it can be made slow.
 */
export function normalise(text: string, limit = 500): string {
  // A message is looked at from many sides, each of which evens it out.
  if (text !== last.text || limit !== last.limit) last = { text, limit, even: evenOut(text, limit) }
  return last.even
}
let last = { text: '', limit: 0, even: '' }

function evenOut(text: string, limit: number): string {
  const even = text
    .slice(0, limit * 4)
    // Stacks of combining marks ("Zalgo") go before they could be composed into letters.
    .replace(/\p{Mn}{2,}/gu, '')
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}\p{Mn}]+/gu, (found) => (/[\n\t]/.test(found) ? ' ' : ''))
    .toLowerCase()
    .replace(/[‘’`´]/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/^[\s"'“”「」.。,，!！~…:：;；]+|[\s"'“”「」.。,，!！~…:：;；]+$/gu, '')
  return simplified(even).slice(0, limit)
}

/** Like `normalise`, with question marks at the end gone too: for comparing with words that are no question. */
export function bare(text: string): string {
  return normalise(text).replace(/[?？\s]+$/u, '')
}

/** Whether a word is written in Latin letters and digits, so that it counts only as a whole word. */
export function isLatin(word: string): boolean {
  return /^[\p{Script=Latin}\d .,'()#&/+-]+$/u.test(word)
}
