import type { Section } from '../../src/interview/schema.ts'
import type { Drawing } from './draw-section.ts'
import { box, QUIET, stack, textBlock } from './svg.ts'

/** What a section leads to: one box for each outcome it shows, with the results that are possible. */
export function drawOutcomes(
  { book, language, say }: Drawing,
  section: Section,
  x: number,
  y: number,
  width: number,
): { readonly drawn: readonly string[]; readonly bottom: number } {
  const title = textBlock(say('map-shows'), width, { size: 17, bold: true })
  const drawn = [title.at(x, y)]
  let top = y + title.height + 8
  const half = (width - 16) / 2
  const blocks = section.shows.map((outcome) => {
    const table = book.tables.get(outcome)
    const results = Object.values(table?.results ?? {}).map((result) => `• ${result.label[language]}`)
    return stack([
      textBlock(table ? table.title[language] : say(`outcome-${outcome}`), half - 28, {
        size: 15,
        bold: true,
      }),
      ...(results.length > 0 ? [textBlock(results.join('\n'), half - 28, { size: 13 })] : []),
      ...(table
        ? [
            textBlock(say('map-see', { file: `table-${table.id}.${language}.svg` }), half - 28, {
              size: 12,
              fill: QUIET,
            }),
          ]
        : []),
    ])
  })
  for (let index = 0; index < blocks.length; index += 2) {
    const pair = blocks.slice(index, index + 2)
    const height = Math.max(...pair.map((block) => block.height)) + 26
    pair.forEach((block, column) => {
      const left = x + column * (half + 16)
      drawn.push(
        box(left, top, half, height, { fill: '#fdf7e8', stroke: '#b08a2e' }),
        block.at(left + 14, top + 13),
      )
    })
    top += height + 14
  }
  return { drawn, bottom: top }
}
