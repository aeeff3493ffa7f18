import { padColumns } from './width.ts'
import { wrap } from './wrap.ts'

/**
 * A table for the terminal: one heading row, cells wrapped to the given widths (in columns), a rule between rows.
 * A cell may hold several lines.
 */
export function textTable(
  headings: readonly string[],
  widths: readonly number[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => {
    const wrapped = widths.map((width, index) => wrap(cells[index] ?? '', width))
    const height = Math.max(...wrapped.map((lines) => lines.length))
    return Array.from({ length: height }, (_, row) =>
      [
        '',
        ...wrapped.map((lines, index) => ` ${padColumns(lines[row] ?? '', widths[index] ?? 0)} `),
        '',
      ].join('│'),
    ).join('\n')
  }
  const rule = (left: string, middle: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right
  return [
    rule('┌', '┬', '┐'),
    ...(headings.length > 0 ? [line(headings), rule('├', '┼', '┤')] : []),
    rows.map(line).join(`\n${rule('├', '┼', '┤')}\n`),
    rule('└', '┴', '┘'),
  ].join('\n')
}

/** Widths that fill a line: each part gets its share of what the borders leave. */
export function shareWidths(total: number, shares: readonly number[]): readonly number[] {
  const room = total - 3 * shares.length - 1
  const sum = shares.reduce((all, share) => all + share, 0)
  const widths = shares.map((share) => Math.max(8, Math.floor((room * share) / sum)))
  const used = widths.slice(0, -1).reduce((all, width) => all + width, 0)
  return [...widths.slice(0, -1), Math.max(8, room - used)]
}
