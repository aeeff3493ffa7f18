import PDFDocument from 'pdfkit'
import type { Fonts } from './fonts.ts'

/** Sizes in points: A4 with margins that survive punching and any printer. */
export const MARGIN = { top: 56, bottom: 62, left: 54, right: 54 }
export const SIZE = { title: 26, part: 17, heading: 12.5, text: 10, small: 8.5, tiny: 7 }
export const INK = {
  text: '#1b2230',
  faint: '#5b6472',
  accent: '#14508c',
  warning: '#a3340b',
  line: '#c9d0da',
  shade: '#eef2f7',
}
const LINE_GAP = 2.5

export type Weight = 'regular' | 'bold'
export interface Style {
  readonly size: number
  readonly weight?: Weight
  readonly ink?: string
}

export interface About {
  readonly title: string
  /** BCP 47 tag. */
  readonly language: string
  readonly now: Date
}

/** A pdfkit document with our fonts, and the few strokes everything is drawn with. */
export class Paper {
  readonly pdf: PDFKit.PDFDocument
  readonly #fonts: Fonts

  constructor({ title, language, now }: About, fonts: Fonts) {
    this.pdf = new PDFDocument({
      size: 'A4',
      margins: MARGIN,
      bufferPages: true,
      autoFirstPage: false,
      font: fonts.regular,
      lang: language,
      displayTitle: true,
      pdfVersion: '1.7',
      subset: 'PDF/A-2b',
      // Dates from the caller: the same case at the same moment gives the same file.
      info: { Title: title, CreationDate: now, ModDate: now, Producer: 'icp-filing-assistant', Creator: '' },
    })
    this.#fonts = fonts
    this.pdf.addPage()
  }

  get width(): number {
    return this.pdf.page.width - MARGIN.left - MARGIN.right
  }

  /** Where the text area of a page ends. */
  get bottom(): number {
    return this.pdf.page.height - MARGIN.bottom
  }

  /** Height that a page has for text. */
  get pageHeight(): number {
    return this.bottom - MARGIN.top
  }

  style({ size, weight = 'regular', ink = INK.text }: Style): void {
    // By the file's path: a registered name of the font the document began with is opened anew each time.
    this.pdf.font(this.#fonts[weight]).fontSize(size).fillColor(ink)
  }

  heightOf(text: string, width: number, style: Style): number {
    if (text === '') return 0
    this.style(style)
    return this.pdf.heightOfString(text, { width, lineGap: LINE_GAP })
  }

  /** Begins a new page where that much does not fit on this one any more. */
  ensure(height: number): void {
    if (this.pdf.y + Math.min(height, this.pageHeight) > this.bottom) this.pdf.addPage()
  }

  write(text: string, x: number, y: number, width: number, style: Style): void {
    this.style(style)
    this.pdf.text(text, x, y, { width, lineGap: LINE_GAP })
  }

  /** Text in the flow of the page, over page ends where it has to. */
  flow(text: string, style: Style, { indent = 0, after = 4 } = {}): void {
    if (text === '') return
    const x = MARGIN.left + indent
    this.write(text, x, this.pdf.y, this.width - indent, style)
    this.pdf.x = MARGIN.left
    this.pdf.y += after
  }

  line(x1: number, y: number, x2: number, ink = INK.line): void {
    this.pdf.lineWidth(0.6).strokeColor(ink).moveTo(x1, y).lineTo(x2, y).stroke()
  }
}
