import type { Cell, DocumentPart, DossierDocument, Piece } from '../document.ts'
import type { Printable } from './printable.ts'

/** The document with every text fit for print. */
export function printable(
  { cover, parts }: DossierDocument,
  { text }: Printable,
): Pick<DossierDocument, 'cover' | 'parts'> {
  return {
    cover: {
      ...cover,
      subtitle: text(cover.subtitle),
      rows: cover.rows.map(({ label, value }) => ({ label: text(label), value: text(value) })),
      contents: cover.contents.map(text),
      notice: text(cover.notice),
    },
    parts: parts.map(({ id, title, pieces }): DocumentPart => ({
      id,
      title: text(title),
      pieces: pieces.map((piece) => printablePiece(piece, text)),
    })),
  }
}

function printablePiece(piece: Piece, text: Printable['text']): Piece {
  switch (piece.kind) {
    case 'heading':
    case 'text':
      return { ...piece, text: text(piece.text) }
    case 'list':
      return {
        ...piece,
        items: piece.items.map((item) => ({
          ...item,
          text: text(item.text),
          ...(item.note === undefined ? {} : { note: text(item.note) }),
        })),
      }
    case 'table':
      return { ...piece, rows: piece.rows.map((row) => row.map((cell) => printableCell(cell, text))) }
  }
}

function printableCell(cell: Cell, text: Printable['text']): Cell {
  return {
    ...cell,
    text: text(cell.text),
    ...(cell.below === undefined ? {} : { below: text(cell.below) }),
  }
}
