/** Longer texts are refused unread: no answer to a form field needs more, and nothing behind can be made slow. */
export const TEXT_LIMIT = 2_000

const DASHES = /[\p{Pd}\u2212\u30fc\u2500]/gu
const MIDDLE_DOTS = /[\u00b7\u2022\u2027\u2219\u22c5\u30fb\u0387]/gu

/**
 * Evens out what makes equal values look different: full width, invisible characters, kinds of dash and
 * middle dot, white space. Case is left alone. Undefined for a text beyond the limit.
 */
export function tidy(text: string): string | undefined {
  if (text.length > TEXT_LIMIT) return undefined
  const plain = text
    .replace(/\p{Cc}+/gu, ' ')
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}+|\p{Cf}+/gu, '')
    .replace(DASHES, '-')
    .replace(MIDDLE_DOTS, '·')
    .replace(/\s+/gu, ' ')
    .trim()
  // Some characters unfold to eighteen others.
  return plain.length > TEXT_LIMIT ? undefined : plain
}

/** Half-width brackets of a Chinese text as Chinese print has them. */
export function withFullBrackets(text: string): string {
  return text.replaceAll('(', '（').replaceAll(')', '）')
}
