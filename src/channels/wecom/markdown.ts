import { readMarkdown, webAddress, type Run } from '../../rendering/channel/markdown.ts'
import type { CardBlock } from '../messaging/card.ts'

/** A line, dressed, and as bare text for where it is too long for one message. */
export interface Line {
  readonly rich: string
  readonly plain: string
  /** Whether a blank line stands before it. */
  readonly gap?: boolean
}

const MARKS = { warning: '⚠️ ', error: '⛔ ', success: '✅ ', notice: '', plain: '' } as const
/**
 * WeCom documents no way to escape its Markdown, and the app and the bot read two kinds of it. What could act as
 * markup is shown by a character that looks the same.
 */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '\\': '＼',
  '`': '｀',
  '*': '＊',
  '<': '＜',
  '[': '［',
  ']': '］',
  '&': '＆',
  '#': '＃',
  '>': '＞',
  '-': '－',
  '+': '＋',
  '=': '＝',
  _: '＿',
  '~': '～',
}

/** Text that nothing in WeCom takes for markup, mention or link. `first`: whether a line begins with it. */
export function inert(text: string, first = true): string {
  const like = (character: string): string => LOOK_ALIKES[character] ?? character
  const within = text
    .replace(/[\\`*<[\]]|~(?=~)|(?<=~)~|&(?=#|\w+;)|(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])/gu, like)
    .replace(/[\r\n]+/g, ' ')
  return first ? within.replace(/^\s*[#>+=-]/, (start) => start.slice(0, -1) + like(start.slice(-1))) : within
}

/** A block of a card as lines. */
export function linesOf(block: CardBlock): readonly Line[] {
  switch (block.kind) {
    case 'heading':
      return marked(block.text, { bold: true, gap: true })
    case 'text':
      return block.copy ? copyable(block.copy) : toned(block)
    case 'statements':
      return [...titled(block.title), ...block.items.flatMap(statementLines)]
    case 'summary':
      return [...titled(block.title), ...block.rows.map(rowLine)]
  }
}

/** Text that is no card: as it is, line by line. */
export function textLines(text: string): readonly Line[] {
  return text.split(/\r?\n/).map((line) => bare(inert(line.trim())))
}

function rowLine({ label, value }: { label: string; value: string }): Line {
  const cells = [marked(label, { bold: true }), marked(value)]
  const row = (side: 'rich' | 'plain') =>
    cells.map((lines) => lines.map((line) => line[side]).join(' ')).join('  ')
  return { rich: row('rich'), plain: row('plain') }
}

function toned({ text, tone = 'plain' }: Extract<CardBlock, { kind: 'text' }>): readonly Line[] {
  const [first, ...more] = marked(text)
  return first ? [begun(MARKS[tone], first), ...more] : []
}

function copyable({ label, text }: { label: string; text: string }): readonly Line[] {
  // Inside code only its end and a mention could do anything.
  const code = (line: string) => line.replaceAll('`', '｀').replaceAll('<@', '＜@')
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  return [bare(inert(label)), ...lines.map((line) => ({ rich: `\`${code(line)}\``, plain: inert(line) }))]
}

function statementLines({
  text,
  note,
  confidence,
  sources,
}: Extract<CardBlock, { kind: 'statements' }>['items'][number]): readonly Line[] {
  const [first, ...more] = marked(text)
  const below = [
    ...more,
    ...(note === undefined ? [] : marked(note)),
    ...(confidence === undefined ? [] : [bare(inert(confidence))]),
    ...sources.map(({ label, url }) =>
      runLine([{ text: label, ...(url === undefined ? {} : { href: url }) }]),
    ),
  ]
  return [...(first ? [begun('• ', first)] : []), ...below.map((line) => begun('　', line))]
}

function titled(title: string | undefined): readonly Line[] {
  return title === undefined ? [] : marked(title, { bold: true, gap: true })
}

function marked(source: string, { bold, gap }: { bold?: true; gap?: true } = {}): readonly Line[] {
  return readMarkdown(source).map((line, at) => {
    const read = runLine(bold ? line.runs.map((run): Run => ({ ...run, bold })) : line.runs)
    return { ...(line.item ? begun('• ', read) : read), gap: line.gap || (gap === true && at === 0) }
  })
}

function runLine(runs: readonly Run[]): Line {
  const line = { rich: '', plain: '' }
  for (const [at, { text, bold, href }] of joined(runs).entries()) {
    const said = inert(text, at === 0)
    const address = href === undefined ? undefined : webAddress(href)
    line.rich += address === undefined ? (bold ? emphasised(said) : said) : `[${said}](${closed(address)})`
    line.plain += address === undefined ? said : `${said} (${address})`
  }
  return line
}

/** Marks that meet, `****`, would be read as something else. */
function joined(runs: readonly Run[]): readonly Run[] {
  const all: Run[] = []
  for (const run of runs) {
    const last = all.at(-1)
    const alike = last?.href === undefined && run.href === undefined && last?.bold === run.bold
    if (last && alike) all.splice(-1, 1, { ...last, text: last.text + run.text })
    else all.push(run)
  }
  return all
}

/** Blanks at either end would keep the marks from being read as such. */
function emphasised(text: string): string {
  const word = text.trim()
  return word === '' ? text : text.replace(word, () => `**${word}**`)
}

/** An address that cannot end the link early. */
function closed(address: string): string {
  return address.replaceAll('(', '%28').replaceAll(')', '%29')
}

function begun(mark: string, { rich, plain }: Line): Line {
  return { rich: mark + rich, plain: mark + plain }
}

function bare(text: string): Line {
  return { rich: text, plain: text }
}
