/** Says whether the font has a character. */
export type HasGlyph = (codePoint: number) => boolean

/** Stands for a character that the font lacks. */
const BOX = '□'
/** Spaces, line ends and what is drawn as nothing at all need no glyph. */
const BLANK = /^\s$/u
const SEGMENTER = new Intl.Segmenter('und', { granularity: 'grapheme' })

/**
 * Makes texts fit for print: what commands a terminal or turns the direction of writing goes, and a character the
 * font lacks is replaced by a box and remembered, so that it never just vanishes.
 */
export class Printable {
  readonly #has: HasGlyph
  readonly #missing = new Map<string, string>()

  constructor(has: HasGlyph) {
    this.#has = has
  }

  readonly text = (raw: string): string =>
    [...SEGMENTER.segment(cleaned(raw))].map(({ segment }) => this.#drawable(segment)).join('')

  /** Every character that was replaced, as its code points: `U+20BB7`. */
  get missing(): readonly string[] {
    return [...this.#missing.values()]
  }

  #drawable(segment: string): string {
    // A joiner alone draws nothing.
    const shown = segment.replaceAll('\u200D', '')
    if ([...shown].every((char) => BLANK.test(char) || this.#has(char.codePointAt(0) ?? 0))) return shown
    const codes = [...segment]
      .map((char) => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
      .join(' ')
    this.#missing.set(segment, codes)
    return BOX
  }
}

/** Without control, direction and zero-width characters and halves of characters; line ends stay. */
function cleaned(raw: string): string {
  return raw
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u2028\u2029]/g, '\n')
    .replace(/[^\S\n]/g, ' ')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/(?!\n)\p{Cc}|(?!\u200D)\p{Cf}|\p{Variation_Selector}/gu, '')
}
