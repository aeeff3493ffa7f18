import type { DocumentPart, DossierDocument, ListItem, Piece } from '../document.ts'
import { sayDossier, type DossierWords } from '../words.ts'
import { drawCover } from './cover.ts'
import { drawFeet } from './feet.ts'
import { packagedFonts, type Fonts } from './fonts.ts'
import { hasGlyph } from './glyphs.ts'
import { INK, MARGIN, Paper, SIZE, type Style } from './paper.ts'
import { Printable } from './printable.ts'
import { printable } from './printable-document.ts'
import { beginningOf, drawTable } from './table.ts'

const PLAIN: Style = { size: SIZE.text }
const NOTE: Style = { size: SIZE.text, ink: INK.faint }
const WARNING: Style = { size: SIZE.text, ink: INK.warning }
const SMALL: Style = { size: SIZE.small, ink: INK.faint }
const TINY: Style = { size: SIZE.tiny, ink: INK.faint }
const PART: Style = { size: SIZE.part, weight: 'bold', ink: INK.accent }
const HEADING: Style = { size: SIZE.heading, weight: 'bold' }

/**
 * Draws a dossier as a PDF/A-2b file with its fonts inside. The same document at the same moment gives the same bytes.
 * Rejects with AppError `config-invalid` where the font package is missing.
 */
export async function dossierPdf(
  document: DossierDocument,
  words: DossierWords,
  now: Date,
  fonts: Fonts = packagedFonts(),
): Promise<Buffer> {
  const { language, title } = document
  const paper = new Paper({ title, language, now }, fonts)
  const finished = bytesOf(paper.pdf)
  const text = new Printable(hasGlyph(paper.pdf))
  const { cover, parts } = printable(document, text)

  drawCover(paper, title, cover)
  const [first, ...others] = parts
  if (first) drawPart(paper, { ...first, pieces: [...lacking(words, document, text), ...first.pieces] })
  for (const part of others) drawPart(paper, part)
  drawFeet(paper, title, (page, pages) => sayDossier(words, language, 'page', { page, pages }))
  paper.pdf.end()
  return finished
}

function bytesOf(pdf: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.once('end', () => resolve(Buffer.concat(chunks)))
    pdf.once('error', reject)
  })
}

/** What the font could not show is named by its code, or an applicant would copy a box. */
function lacking(
  words: DossierWords,
  { language }: DossierDocument,
  { missing }: Printable,
): readonly Piece[] {
  if (missing.length === 0) return []
  const list = missing.join(', ')
  return [{ kind: 'text', tone: 'warning', text: sayDossier(words, language, 'characters-text', { list }) }]
}

/** The sheet begins a page of its own, to be laid beside the keyboard; the others follow on. */
function drawPart(paper: Paper, { id, title, pieces }: DocumentPart): void {
  const { pdf } = paper
  if (id === 'sheet' || id === 'checklist') pdf.addPage()
  else {
    paper.ensure(170)
    if (pdf.y > MARGIN.top) pdf.y += 16
  }
  pdf.outline.addItem(title)
  paper.flow(title, PART, { after: 2 })
  paper.line(MARGIN.left, pdf.y, MARGIN.left + paper.width, INK.accent)
  pdf.y += 10
  pieces.forEach((piece, at) => {
    if (piece.kind === 'heading') paper.ensure(headed(paper, pieces[at + 1]))
    drawPiece(paper, piece)
  })
}

/** A heading and the beginning of what it stands over. */
function headed(paper: Paper, next: Piece | undefined): number {
  const own = 2.4 * SIZE.heading
  if (next?.kind === 'table') return own + beginningOf(paper, next.columns, next.rows)
  const [first] = next?.kind === 'list' ? next.items : []
  return own + (first ? itemHeight(paper, first, next?.kind === 'list' && next.small === true) : 50)
}

function drawPiece(paper: Paper, piece: Piece): void {
  switch (piece.kind) {
    case 'heading':
      paper.pdf.y += 4
      return paper.flow(piece.text, HEADING, { after: 4 })
    case 'text':
      return paper.flow(piece.text, { plain: PLAIN, note: NOTE, warning: WARNING }[piece.tone ?? 'plain'], {
        after: 8,
      })
    case 'list':
      for (const item of piece.items) drawItem(paper, item, piece.small === true)
      paper.pdf.y += 4
      return
    case 'table':
      return drawTable(paper, piece.columns, piece.rows)
  }
}

const BULLET = '•'
const indentOf = ({ mark = BULLET }: ListItem) => (mark === BULLET ? 14 : 30)
const styleOf = (small: boolean): Style => (small ? { size: SIZE.small } : PLAIN)
const citing = ({ text, sources }: ListItem) =>
  `${text}${sources.length > 0 ? ` [${sources.join(', ')}]` : ''}`

function itemHeight(paper: Paper, item: ListItem, small: boolean): number {
  const width = paper.width - indentOf(item)
  return paper.heightOf(citing(item), width, styleOf(small)) + paper.heightOf(item.note ?? '', width, SMALL)
}

function drawItem(paper: Paper, item: ListItem, small: boolean): void {
  const { pdf } = paper
  const { mark = BULLET, note } = item
  const indent = indentOf(item)
  const whole = citing(item)
  const style = styleOf(small)
  paper.ensure(itemHeight(paper, item, small))
  const top = pdf.y
  paper.write(mark, MARGIN.left, top, indent, style)
  pdf.y = top
  paper.flow(whole, style, { indent, after: note === undefined ? 4 : 0 })
  if (note !== undefined) paper.flow(note, small ? TINY : SMALL, { indent, after: small ? 2 : 4 })
}
