import type { Condition, Row, Table } from '../../src/rules/schema.ts'
import { quote } from '../../src/rules/assess/statement.ts'
import type { Drawing } from './draw-section.ts'
import { bandsOf } from './table-bands.ts'
import { box, QUIET, stack, svg, textBlock, type TextBlock } from './svg.ts'

const LEFT = 28
const PAD = 10
/** Widths of the columns: if, then, because, sources. */
const COLUMNS = [380, 210, 400, 300] as const
const WIDTH = COLUMNS.reduce((total, width) => total + width, 0)

/** One decision table as a table: conditions in words, result, reason, sources; then every result with its next step. */
export function drawTable(drawing: Drawing, table: Table): string {
  const { language, say, labels } = drawing
  const inputs = table.inputs.map((input) => labels.key(input)).join(say('comma'))
  const title = say('map-table', { title: table.title[language] })
  const body: string[] = []
  const heading = stack([
    textBlock(title, WIDTH, { size: 24, bold: true }),
    textBlock(`${say(`map-table-${table.hit}`)} ${say('map-depends', { inputs })}`, WIDTH, {
      size: 14,
      fill: QUIET,
    }),
  ])
  body.push(heading.at(LEFT, 28))
  let y = 28 + heading.height + 18

  const row = (cells: readonly TextBlock[], fill: string) => {
    const height = Math.max(...cells.map((cell) => cell.height)) + 2 * PAD
    let x = LEFT
    body.push(box(LEFT, y, WIDTH, height, { fill, stroke: '#b6bdc9', radius: 0, weight: 1 }))
    cells.forEach((cell, index) => {
      if (index > 0) body.push(`<path d="M${x} ${y} V${y + height}" stroke="#b6bdc9" stroke-width="1"/>`)
      body.push(cell.at(x + PAD, y + PAD))
      x += COLUMNS[index] ?? 0
    })
    y += height
  }
  const wide = (text: string, fill: string, bold: boolean) => {
    const block = textBlock(text, WIDTH - 2 * PAD, { size: 14, bold })
    const height = block.height + 2 * PAD
    body.push(
      box(LEFT, y, WIDTH, height, { fill, stroke: '#b6bdc9', radius: 0, weight: 1 }),
      block.at(LEFT + PAD, y + PAD),
    )
    y += height
  }
  row(
    (['when', 'result', 'because', 'sources'] as const).map((name, index) =>
      textBlock(say(`map-col-${name}`), width(index), { size: 14, bold: true }),
    ),
    '#dfe7f3',
  )
  let count = 0
  for (const band of bandsOf(table.rows)) {
    if (Object.keys(band.shared).length > 0)
      wide(
        say('map-for-all-below', {
          count: band.rows.length,
          conditions: labels.condition(band.shared).join(say('map-and')),
        }),
        '#f6efdc',
        true,
      )
    for (const item of band.rows) {
      row(cellsOf(drawing, table, item, band.shared), count % 2 === 0 ? '#ffffff' : '#f7f9fc')
      count += 1
    }
  }
  y += 24
  const results = drawResults(drawing, table, y)
  return svg({
    title,
    description: say('map-table-desc', { count: table.rows.length, inputs }),
    language,
    width: WIDTH + 2 * LEFT,
    height: results.bottom + 24,
    body: [...body, ...results.drawn],
  })
}

function cellsOf(drawing: Drawing, table: Table, row: Row, shared: Condition): readonly TextBlock[] {
  const { book, language, say, labels } = drawing
  const own = Object.fromEntries(Object.entries(row.when).filter(([key]) => !(key in shared)))
  const conditions = labels.condition(own).map((line) => `• ${line}`)
  const dates = [
    ...(row.from === undefined ? [] : [say('valid-from', { date: row.from })]),
    ...(row.until === undefined ? [] : [say('valid-until', { date: row.until })]),
  ]
  const due = row.due
    ? [
        say(row.due.days === 0 ? 'map-due-at-once' : row.due.workingDays ? 'map-due-working' : 'map-due', {
          days: row.due.days,
          after: labels.value('after', row.due.after),
        }),
      ]
    : []
  const confidence =
    row.confidence === 'high'
      ? []
      : [`${say('confidence')}${say('colon')}${say(`confidence-${row.confidence}`)}`]
  const details = Object.values(row.data ?? {}).map((text) => `• ${text[language]}`)
  const sources = quote(book, row.sources).map(
    (source) => `${source.publisher}, ${source.title} (${source.date})`,
  )
  return [
    stack([
      textBlock(conditions.length > 0 ? conditions.join('\n') : say('map-always'), width(0), { size: 13 }),
      textBlock(row.id, width(0), { size: 11, fill: QUIET }),
    ]),
    stack([
      textBlock(table.results[row.result]?.label[language] ?? row.result, width(1), { size: 14, bold: true }),
      ...[...dates, ...due, ...confidence].map((line) =>
        textBlock(line, width(1), { size: 12, fill: '#8a4b08' }),
      ),
    ]),
    stack([
      textBlock(row.because[language], width(2), { size: 13 }),
      ...(details.length > 0 ? [textBlock(details.join('\n'), width(2), { size: 12, fill: QUIET })] : []),
    ]),
    textBlock(sources.join('\n'), width(3), { size: 11, fill: QUIET }),
  ]
}

function drawResults({ language, say }: Drawing, table: Table, y: number) {
  const title = textBlock(say('map-results'), WIDTH, { size: 17, bold: true })
  const drawn = [title.at(LEFT, y)]
  let top = y + title.height + 8
  for (const result of Object.values(table.results)) {
    const label = textBlock(result.label[language], 300, { size: 14, bold: true })
    const text = textBlock((result.next ?? result.summary)?.[language] ?? '', WIDTH - 360, { size: 13 })
    const height = Math.max(label.height, text.height) + 2 * PAD
    drawn.push(box(LEFT, top, WIDTH, height, { fill: '#fdf7e8', stroke: '#b08a2e' }))
    drawn.push(label.at(LEFT + 14, top + PAD), text.at(LEFT + 340, top + PAD))
    top += height + 8
  }
  return { drawn, bottom: top }
}

function width(column: number): number {
  return (COLUMNS[column] ?? 0) - 2 * PAD
}
