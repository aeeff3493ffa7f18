import type { Cover } from '../parts/cover.ts'
import { INK, MARGIN, SIZE, type Paper, type Style } from './paper.ts'

const LABEL: Style = { size: SIZE.text, ink: INK.faint }
const VALUE: Style = { size: SIZE.heading, weight: 'bold' }
const TITLE: Style = { size: SIZE.text, weight: 'bold', ink: INK.accent }
const LABEL_WIDTH = 110

/** The title page: what it is, whose, how far, what is in it, and what it is not. */
export function drawCover(paper: Paper, title: string, cover: Cover): void {
  const { pdf } = paper
  pdf.rect(0, 0, pdf.page.width, 10).fill(INK.accent)
  pdf.y = 72
  paper.flow(title, { size: SIZE.title, weight: 'bold', ink: INK.accent }, { after: 4 })
  paper.flow(cover.subtitle, { size: SIZE.heading, ink: INK.faint }, { after: 20 })

  for (const { label, value } of cover.rows) {
    const top = pdf.y
    const height = paper.heightOf(value, paper.width - LABEL_WIDTH, VALUE)
    paper.write(label, MARGIN.left, top + 2.5, LABEL_WIDTH - 8, LABEL)
    paper.write(value, MARGIN.left + LABEL_WIDTH, top, paper.width - LABEL_WIDTH, VALUE)
    paper.line(MARGIN.left, top + height + 4, MARGIN.left + paper.width)
    pdf.y = top + height + 9
  }
  pdf.y += 18
  paper.flow(cover.contentsTitle, TITLE, { after: 4 })
  cover.contents.forEach((text, at) => paper.flow(`${at + 1}. ${text}`, { size: SIZE.text }, { after: 0 }))
  drawNotice(paper, cover)
  pdf.x = MARGIN.left
}

/** At the foot of the page, in a box of its own. */
function drawNotice(paper: Paper, { noticeTitle, notice }: Cover): void {
  const { pdf } = paper
  const inside = paper.width - 28
  const style: Style = { size: SIZE.text }
  const height = paper.heightOf(noticeTitle, inside, TITLE) + paper.heightOf(notice, inside, style) + 28
  const top = Math.max(pdf.y + 14, paper.bottom - height)
  if (top + height > paper.bottom + 1) pdf.addPage()
  const y = top + height > paper.bottom + 1 ? MARGIN.top : top
  pdf.rect(MARGIN.left, y, paper.width, height).fill(INK.shade)
  pdf.rect(MARGIN.left, y, 3, height).fill(INK.accent)
  paper.write(noticeTitle, MARGIN.left + 16, y + 12, inside, TITLE)
  paper.write(notice, MARGIN.left + 16, pdf.y + 2, inside, style)
}
