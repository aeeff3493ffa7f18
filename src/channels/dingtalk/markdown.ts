import { readMarkdown, webAddress, type Run } from '../../rendering/channel/markdown.ts'
import type { CardBlock } from '../messaging/card.ts'
import { measure, splitText } from '../messaging/split-text.ts'
import { escapeMarkdown } from './escape.ts'

/** Pieces are not taken apart, so that no mark loses its other half. */
const PIECE = { length: 1_200, unit: 'bytes' as const }
const LINE_BYTES = 3_600
const MARKS = { warning: '⚠️ ', error: '⛔ ', success: '✅ ', notice: '', plain: '' } as const

/** A block of a card as lines of DingTalk's Markdown. `gap`: a blank line stands before it. */
export interface Line {
  readonly text: string
  readonly gap: boolean
}

/** @returns lines none of which is longer than a few thousand bytes; of what is to be copied the label alone */
export function linesOf(block: CardBlock): readonly Line[] {
  switch (block.kind) {
    case 'heading':
      return apart(marked(block.text, { bold: true }))
    case 'text':
      if (block.copy) return apart(divided(pieces(block.copy.label).map((piece) => `**${piece}**`)))
      return apart(marked(block.text, { before: MARKS[block.tone ?? 'plain'] }))
    case 'statements':
      return apart([...titled(block.title), ...block.items.flatMap(statementLines)])
    case 'summary':
      return apart([
        ...titled(block.title),
        ...block.rows.flatMap(({ label, value }) =>
          divided([...inline(label, true), '　', ...inline(value)]),
        ),
      ])
  }
}

function statementLines({
  text,
  note,
  confidence,
  sources,
}: Extract<CardBlock, { kind: 'statements' }>['items'][number]): readonly Line[] {
  return [
    ...marked(text, { before: '• ' }),
    ...(note === undefined ? [] : marked(note, { before: INDENT })),
    ...(confidence === undefined ? [] : divided([INDENT, ...pieces(confidence)])),
    ...sources.flatMap(({ label, url }) => divided([INDENT, ...link(label, url)])),
  ]
}

/** Blanks at the start of a line would make a box of it. */
const INDENT = '　'

function titled(title: string | undefined): readonly Line[] {
  return title === undefined ? [] : marked(title, { bold: true })
}

function marked(source: string, { before = '', bold = false }: { before?: string; bold?: boolean }): Line[] {
  return readMarkdown(source).flatMap(({ item, gap, runs }, at) => {
    const start = `${at === 0 ? before : before === '• ' ? INDENT : ''}${item ? '• ' : ''}`
    const [first, ...rest] = divided([start, ...runs.flatMap((run) => dressed(run, bold))])
    return first ? [{ ...first, gap }, ...rest] : []
  })
}

function inline(source: string, bold = false): readonly string[] {
  return readMarkdown(source).flatMap(({ runs }) => runs.flatMap((run) => dressed(run, bold)))
}

function dressed(run: Run, bold: boolean): readonly string[] {
  if (run.href !== undefined) return link(run.text, run.href)
  if (run.bold !== true && !bold) return pieces(run.text)
  // Marks stand at words: with a blank inside they are shown, not obeyed.
  return pieces(run.text).map((piece) => piece.replace(/^(\s*)(\S.*?)(\s*)$/s, '$1**$2**$3'))
}

function link(label: string, url: string | undefined): readonly string[] {
  const address = url === undefined ? undefined : webAddress(url)
  if (address === undefined) return pieces(url === undefined ? label : `${label} (${url})`)
  const safe = address.replace(/[()<>\\[\]*_`~|]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)
  return pieces(label).map((piece) => `[${piece}](${safe})`)
}

/** `splitText` would trim what stands between two pieces, so it sees long ones only. */
function pieces(text: string): readonly string[] {
  const escaped = escapeMarkdown(text)
  return measure(escaped, 'bytes') <= PIECE.length ? [escaped] : splitText(escaped, PIECE)
}

/** A line that is too long goes on in the next. */
function divided(parts: readonly string[]): Line[] {
  const lines: string[] = []
  let open = ''
  for (const part of parts) {
    if (open !== '' && measure(open + part, 'bytes') > LINE_BYTES) {
      lines.push(open)
      open = ''
    }
    open += part
  }
  return [...lines, open].filter((text) => text.trim() !== '').map((text) => ({ text, gap: false }))
}

function apart(lines: readonly Line[]): readonly Line[] {
  return lines.map((line, at) => (at === 0 ? { ...line, gap: true } : line))
}
