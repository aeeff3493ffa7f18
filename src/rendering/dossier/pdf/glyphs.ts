import { z } from 'zod'
import type { HasGlyph } from './printable.ts'

interface Font {
  hasGlyphForCodePoint(codePoint: number): boolean
}

/** pdfkit keeps the font in use, as fontkit opened it, but does not declare it. */
const drawing = z.object({
  _font: z.object({
    font: z.custom<Font>(
      (value) => typeof value === 'object' && value !== null && 'hasGlyphForCodePoint' in value,
    ),
  }),
})

/** Whether the font in use has a character; all weights of the family have the same. */
export function hasGlyph(pdf: PDFKit.PDFDocument): HasGlyph {
  const { font } = drawing.parse(pdf)._font
  return (codePoint) => font.hasGlyphForCodePoint(codePoint)
}
