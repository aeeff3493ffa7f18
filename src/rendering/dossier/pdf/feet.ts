import { INK, MARGIN, SIZE, type Paper, type Style } from './paper.ts'

const FOOT: Style = { size: SIZE.small, ink: INK.faint }

/** Title and page number at the foot of every page but the first, once it is known how many there are. */
export function drawFeet(
  paper: Paper,
  title: string,
  numberOf: (page: number, pages: number) => string,
): void {
  const { pdf } = paper
  const { start, count } = pdf.bufferedPageRange()
  for (let page = start + 1; page < start + count; page += 1) {
    pdf.switchToPage(page)
    // Text below the margin would begin a new page.
    pdf.page.margins.bottom = 0
    const y = pdf.page.height - 38
    paper.line(MARGIN.left, y - 8, MARGIN.left + paper.width)
    paper.write(title, MARGIN.left, y, paper.width / 2, FOOT)
    paper.style(FOOT)
    pdf.text(numberOf(page + 1, count), MARGIN.left, y, { width: paper.width, align: 'right' })
    pdf.page.margins.bottom = MARGIN.bottom
  }
}
