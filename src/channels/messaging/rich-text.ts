import { readMarkdown, type Run } from '../../rendering/channel/markdown.ts'
import { splitText } from './split-text.ts'
import type { CardBlock } from './card.ts'

/** One element of rich text, in the shape Slack has for it. Its text is shown as it is: nothing in it mentions, links or formats. */
export type Element =
  | { readonly type: 'text'; readonly text: string; readonly style?: { readonly bold: true } }
  | { readonly type: 'link'; readonly url: string; readonly text: string }
  | { readonly type: 'emoji'; readonly name: string }
export interface Line {
  readonly elements: readonly Element[]
  /** To be copied character by character. */
  readonly literal?: true
}

const MOST = { length: 2_000, unit: 'characters' as const }
const MARKS = { warning: 'warning', error: 'no_entry', success: 'white_check_mark' } as const

/** A block of a card as lines of rich text, none longer than a few thousand characters. */
export function linesOf(block: CardBlock): readonly Line[] {
  return undivided(block).flatMap(divided)
}

function undivided(block: CardBlock): readonly Line[] {
  switch (block.kind) {
    case 'heading':
      return marked(block.text, { bold: true })
    case 'text':
      return block.copy ? copyable(block.copy) : toned(block)
    case 'statements':
      return [...titled(block.title), ...block.items.flatMap(statementLines)]
    case 'summary':
      return [
        ...titled(block.title),
        ...block.rows.map(({ label, value }) => ({
          elements: [...inline(label, { bold: true }), plain('  '), ...inline(value)],
        })),
      ]
  }
}

/** A line that is too long for one block goes on in the next. */
function divided(line: Line): readonly Line[] {
  const lines: Element[][] = [[]]
  let size = 0
  for (const element of line.elements) {
    const more = 'text' in element ? element.text.length : 1
    if (size > 0 && size + more > MOST.length + 1_000) {
      lines.push([])
      size = 0
    }
    lines.at(-1)?.push(element)
    size += more
  }
  return lines.map((elements) => ({ ...line, elements }))
}

function toned({ text, tone = 'plain' }: Extract<CardBlock, { kind: 'text' }>): readonly Line[] {
  const lines = marked(text)
  const [first, ...rest] = lines
  if (!first || tone === 'plain' || tone === 'notice') return lines
  return [{ elements: [{ type: 'emoji', name: MARKS[tone] }, plain(' '), ...first.elements] }, ...rest]
}

function copyable({ label, text }: { label: string; text: string }): readonly Line[] {
  return [
    { elements: [plain(label, true)] },
    ...splitText(text, MOST).map((part) => ({ elements: [plain(part)], literal: true as const })),
  ]
}

function statementLines({
  text,
  note,
  confidence,
  sources,
}: Extract<CardBlock, { kind: 'statements' }>['items'][number]): readonly Line[] {
  const [first, ...more] = marked(text)
  return [
    ...(first ? [{ elements: [plain('• '), ...first.elements] }] : []),
    ...[...more, ...(note === undefined ? [] : marked(note))].map(indented),
    ...(confidence === undefined ? [] : [indented({ elements: [plain(confidence)] })]),
    ...sources.map(({ label, url }) =>
      indented({ elements: [url === undefined ? plain(label) : link(url, label)] }),
    ),
  ]
}

function titled(title: string | undefined): readonly Line[] {
  return title === undefined ? [] : marked(title, { bold: true })
}

function indented({ elements }: Line): Line {
  return { elements: [plain('   '), ...elements] }
}

function marked(source: string, dress: { bold?: true } = {}): readonly Line[] {
  return readMarkdown(source).map(({ item, gap, runs }) => ({
    elements: [
      ...(gap ? [plain('\n')] : []),
      ...(item ? [plain('• ')] : []),
      ...runs.flatMap((run) => elementsOf(run, dress)),
    ],
  }))
}

function inline(source: string, dress: { bold?: true } = {}): readonly Element[] {
  return readMarkdown(source).flatMap(({ runs }) => runs.flatMap((run) => elementsOf(run, dress)))
}

function elementsOf(run: Run, dress: { bold?: true }): readonly Element[] {
  if (run.href !== undefined) return [link(run.href, run.text)]
  const bold = run.bold === true || dress.bold === true
  return pieces(run.text).map((text) => plain(text, bold))
}

/** Slack takes no element without text, and `splitText` would trim what stands between two elements. */
function pieces(text: string): readonly string[] {
  if (text.length <= MOST.length) return text === '' ? [] : [text]
  return splitText(text, MOST)
}

function plain(text: string, bold = false): Element {
  return { type: 'text', text, ...(bold ? { style: { bold: true as const } } : {}) }
}

/** Only what readers can open; anything else is text. */
function link(url: string, text: string): Element {
  return /^https?:\/\//i.test(url) ? { type: 'link', url, text } : plain(`${text} (${url})`)
}
