import { isWide } from './width.ts'
import { wrap } from './wrap.ts'

/** Small building blocks of the pictures: text that wraps, boxes, arrows. Colours are set throughout, on white. */
export const FONT = `Arial, 'Helvetica Neue', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif`
export const INK = '#1f2430'
export const QUIET = '#5a6270'

export interface TextStyle {
  readonly size: number
  readonly bold?: boolean
  readonly italic?: boolean
  readonly fill?: string
}

/** A text laid out: its lines and the height they take. */
export interface TextBlock {
  readonly height: number
  /** Draws the block with its top left corner at a point. */
  readonly at: (x: number, y: number) => string
}

export function textBlock(text: string, width: number, style: TextStyle): TextBlock {
  const lines = wrap(text, width, (part) => textWidth(part, style))
  const step = Math.round(style.size * 1.45)
  const looks = [
    `font-size="${style.size}"`,
    `fill="${style.fill ?? INK}"`,
    ...(style.bold ? ['font-weight="bold"'] : []),
    ...(style.italic ? ['font-style="italic"'] : []),
  ].join(' ')
  return {
    height: lines.length * step,
    at: (x, y) =>
      `<text ${looks}>${lines
        .map((line, index) => `<tspan x="${x}" y="${y + index * step + style.size}">${escape(line)}</tspan>`)
        .join('')}</text>`,
  }
}

/** Blocks one below the other. */
export function stack(blocks: readonly TextBlock[], gap = 4): TextBlock {
  const height = blocks.reduce((total, block) => total + block.height + gap, -gap)
  return {
    height: Math.max(0, height),
    at: (x, y) => {
      let top = y
      return blocks
        .map((block) => {
          const drawn = block.at(x, top)
          top += block.height + gap
          return drawn
        })
        .join('\n')
    },
  }
}

export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  { fill = '#ffffff', stroke = '#8a93a3', radius = 8, weight = 1.5 } = {},
): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" stroke="${stroke}" stroke-width="${weight}"/>`
}

/** A line through points with an arrowhead at its end. */
export function arrow(points: readonly (readonly [number, number])[], colour: string): string {
  const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' ')
  const [endX, endY] = points.at(-1) ?? [0, 0]
  const [fromX] = points.at(-2) ?? [0, 0]
  const head =
    fromX === endX
      ? `M${endX - 5} ${endY - 9} L${endX} ${endY} L${endX + 5} ${endY - 9} Z`
      : `M${endX + 9} ${endY - 5} L${endX} ${endY} L${endX + 9} ${endY + 5} Z`
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/><path d="${head}" fill="${colour}"/>`
}

export interface Picture {
  readonly title: string
  readonly description: string
  readonly language: string
  readonly width: number
  readonly height: number
  readonly body: readonly string[]
}

export function svg({ title, description, language, width, height, body }: Picture): string {
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}" xml:lang="${language}" lang="${language}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escape(title)}</title>`,
    `<desc id="desc">${escape(description)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...body,
    '</svg>',
  ].join('\n')}\n`
}

export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Width in pixels, a little generous: the fonts that a reader's machine offers differ. */
export function textWidth(text: string, { size, bold }: TextStyle): number {
  let em = 0
  for (const character of text) em += emOf(character)
  return em * size * (bold ? 1.09 : 1.02)
}

function emOf(character: string): number {
  if (isWide(character) || /[“”‘’…—·→]/.test(character)) return 1
  if (/[iljI|.,:;'!]/.test(character)) return 0.29
  if (/[ftr()[\]{}\-/\\ ]/.test(character)) return 0.36
  if (/[mwMW@%]/.test(character)) return 0.9
  if (/[A-Z&]/.test(character)) return 0.7
  return 0.565
}
