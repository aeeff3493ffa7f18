import { escape, INK, QUIET, svg } from '../lib/svg.ts'

export interface Bar {
  readonly label: string
  readonly value: number
}

const WIDTH = 820
const LEFT = 270
const ROW = 34
const TOP = 84
const BLUE = '#2f5fa8'

/** Bars with their values: nothing has to be read off an axis. */
export function bars(title: string, description: string, rows: readonly Bar[]): string {
  const most = Math.max(...rows.map(({ value }) => value), 1)
  const width = (value: number) => Math.max(1, ((WIDTH - LEFT - 90) * value) / most)
  return svg({
    title,
    description,
    language: 'en',
    width: WIDTH,
    height: TOP + rows.length * ROW + 16,
    body: [
      `<text x="20" y="34" font-size="18" font-weight="bold" fill="${INK}">${escape(title)}</text>`,
      `<text x="20" y="58" font-size="13" fill="${QUIET}">${escape(description)}</text>`,
      ...rows.flatMap(({ label, value }, at) => {
        const y = TOP + at * ROW
        return [
          `<text x="${LEFT - 10}" y="${y + 16}" font-size="13" text-anchor="end" fill="${INK}">${escape(label)}</text>`,
          `<rect x="${LEFT}" y="${y}" width="${width(value).toFixed(0)}" height="22" fill="${BLUE}"/>`,
          `<text x="${(LEFT + width(value) + 8).toFixed(0)}" y="${y + 16}" font-size="13" fill="${INK}">${value.toFixed(0)}</text>`,
        ]
      }),
    ],
  })
}
