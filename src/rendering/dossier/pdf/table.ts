import type { Cell, Column } from '../document.ts'
import { INK, MARGIN, SIZE, type Paper, type Style } from './paper.ts'

const PAD = { x: 6, y: 5 }
const BOX = 9
const HEADER: Style = { size: SIZE.small, weight: 'bold', ink: INK.faint }
const BELOW: Style = { size: SIZE.small, ink: INK.faint }

interface Grid {
  readonly columns: readonly Column[]
  readonly widths: readonly number[]
}

/** A table whose cells wrap, whose header stands on every page, and whose rows break only where they must. */
export function drawTable(
  paper: Paper,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): void {
  const grid = gridOf(paper, columns)
  const header = headerHeight(paper, grid)
  paper.ensure(beginningOf(paper, columns, rows))
  drawHeader(paper, grid)
  for (const row of rows) {
    for (const piece of fitting(paper, grid, row, paper.pageHeight - header)) {
      if (paper.pdf.y + rowHeight(paper, grid, piece) > paper.bottom) {
        paper.pdf.addPage()
        drawHeader(paper, grid)
      }
      drawRow(paper, grid, piece)
    }
  }
  paper.pdf.x = MARGIN.left
  paper.pdf.y += 10
}

/** What a table needs to begin on a page: all of it, unless half a page would be left blank for it. */
export function beginningOf(
  paper: Paper,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): number {
  const grid = gridOf(paper, columns)
  const heights = [headerHeight(paper, grid), ...rows.map((row) => rowHeight(paper, grid, row))]
  const sum = (some: readonly number[]) => some.reduce((total, height) => total + height, 0)
  const whole = sum(heights)
  return Math.min(whole < paper.pageHeight / 2 ? whole : sum(heights.slice(0, 3)), paper.pageHeight / 2)
}

function gridOf(paper: Paper, columns: readonly Column[]): Grid {
  const total = columns.reduce((sum, { share }) => sum + share, 0)
  return { columns, widths: columns.map(({ share }) => (share / total) * paper.width) }
}

function drawHeader(paper: Paper, grid: Grid): void {
  const { pdf } = paper
  const top = pdf.y
  const height = headerHeight(paper, grid)
  pdf.rect(MARGIN.left, top, paper.width, height).fill(INK.shade)
  eachCell(grid, (at, x, width) =>
    paper.write(grid.columns[at]?.title ?? '', x + PAD.x, top + PAD.y, width, HEADER),
  )
  paper.line(MARGIN.left, top + height, MARGIN.left + paper.width, INK.faint)
  pdf.y = top + height
}

function headerHeight(paper: Paper, { columns, widths }: Grid): number {
  const heights = columns.map(({ title }, at) => paper.heightOf(title, inner(widths[at]), HEADER))
  return Math.max(...heights) + 2 * PAD.y
}

function drawRow(paper: Paper, grid: Grid, row: readonly Cell[]): void {
  const { pdf } = paper
  const top = pdf.y
  const height = rowHeight(paper, grid, row)
  eachCell(grid, (at, x, width) => {
    const cell = row[at]
    if (!cell) return
    const indent = cell.box ? BOX + 6 : 0
    if (cell.box)
      pdf
        .lineWidth(0.8)
        .strokeColor(INK.faint)
        .rect(x + PAD.x, top + PAD.y + 1.5, BOX, BOX)
        .stroke()
    const style = styleOf(cell)
    const left = x + PAD.x + indent
    paper.write(cell.text, left, top + PAD.y, width - indent, style)
    if (cell.below === undefined) return
    const above = paper.heightOf(cell.text, width - indent, style)
    paper.write(cell.below, left, top + PAD.y + above, width - indent, BELOW)
  })
  paper.line(MARGIN.left, top + height, MARGIN.left + paper.width)
  pdf.y = top + height
}

function rowHeight(paper: Paper, { widths }: Grid, row: readonly Cell[]): number {
  const heights = row.map((cell, at) => {
    const width = inner(widths[at]) - (cell.box ? BOX + 6 : 0)
    return paper.heightOf(cell.text, width, styleOf(cell)) + paper.heightOf(cell.below ?? '', width, BELOW)
  })
  return Math.max(SIZE.text, ...heights) + 2 * PAD.y
}

/** A row that no page can hold, as several that one can: each cell goes on where it was cut. */
function fitting(paper: Paper, grid: Grid, row: readonly Cell[], most: number): readonly (readonly Cell[])[] {
  if (rowHeight(paper, grid, row) <= most) return [row]
  const cut = row.map((cell, at) => cutCell(paper, cell, inner(grid.widths[at]), most - 2 * PAD.y))
  const rest = cut.map(({ after }) => after)
  return [cut.map(({ before }) => before), ...fitting(paper, grid, rest, most)]
}

function cutCell(
  paper: Paper,
  cell: Cell,
  width: number,
  most: number,
): { readonly before: Cell; readonly after: Cell } {
  const { below, ...plain } = cell
  const letters = [...(below === undefined ? cell.text : `${cell.text}\n${below}`)]
  const style = styleOf(cell)
  // At least one letter goes, or there would be no end.
  let [low, high] = [Math.min(1, letters.length), letters.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (paper.heightOf(letters.slice(0, middle).join(''), width, style) <= most) low = middle
    else high = middle - 1
  }
  return {
    before: { ...plain, text: letters.slice(0, low).join('') },
    after: { ...plain, box: false, text: letters.slice(low).join('') },
  }
}

function styleOf({ strong, tone = 'plain' }: Cell): Style {
  const ink = { plain: INK.text, faint: INK.faint, warning: INK.warning }[tone]
  return { size: SIZE.text, weight: strong ? 'bold' : 'regular', ink }
}

function inner(width = 0): number {
  return width - 2 * PAD.x
}

function eachCell({ widths }: Grid, draw: (at: number, x: number, width: number) => void): void {
  let x = MARGIN.left
  widths.forEach((width, at) => {
    draw(at, x, inner(width))
    x += width
  })
}
