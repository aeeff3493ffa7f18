/** A stretch of text in one dress. */
export interface Run {
  readonly text: string
  readonly bold?: true
  readonly href?: string
}

export interface Line {
  /** Whether it is an item of a list. */
  readonly item: boolean
  /** Whether a blank line stands before it. */
  readonly gap: boolean
  readonly runs: readonly Run[]
}

/**
 * Reads the small Markdown of a message into lines of runs, so that a channel dresses them in its own way and
 * none of the text can act as markup there. What is not `**bold**`, `[label](https://…)`, a `- ` item or a
 * backslash escape is text.
 */
export function readMarkdown(source: string): readonly Line[] {
  const lines: Line[] = []
  let gap = false
  for (const raw of source.split(/\r?\n/).map(visible)) {
    if (raw.trim() === '') {
      gap = lines.length > 0
      continue
    }
    const item = /^\s*- (.*)$/.exec(raw)
    lines.push({ item: item !== null, gap, runs: readRuns(item?.[1] ?? raw.trim(), {}) })
    gap = false
  }
  return lines
}

/** Without what commands a terminal, and without halves of characters, which some channels refuse. */
function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').replace(/\p{Surrogate}/gu, '\uFFFD')
}

/** One line of text without marks; the address of a link follows in brackets. */
export function plainLine(source: string): string {
  return readMarkdown(source).map(lineText).join(' ')
}

/** As text of several lines. */
export function plainLines(source: string): string {
  return readMarkdown(source)
    .map((line, at) => `${at > 0 ? (line.gap ? '\n\n' : '\n') : ''}${line.item ? '• ' : ''}${lineText(line)}`)
    .join('')
}

function lineText({ runs }: Line): string {
  return runs
    .map(({ text, href }) => (href === undefined || text === href ? text : `${text} (${href})`))
    .join('')
}

function readRuns(source: string, dress: Omit<Run, 'text'>): readonly Run[] {
  const runs: Run[] = []
  let text = ''
  let at = 0
  while (at < source.length) {
    const found = boldAt(source, at, dress) ?? linkAt(source, at, dress)
    if (!found) {
      if (isEscape(source, at)) at += 1
      text += source[at] ?? ''
      at += 1
      continue
    }
    if (text !== '') runs.push({ text, ...dress })
    text = ''
    runs.push(...found.runs)
    at = found.end
  }
  if (text !== '') runs.push({ text, ...dress })
  return runs
}

interface Found {
  readonly runs: readonly Run[]
  readonly end: number
}

function boldAt(source: string, at: number, dress: Omit<Run, 'text'>): Found | undefined {
  if (dress.bold || !source.startsWith('**', at)) return undefined
  const close = findMark(source, '**', at + 2)
  if (close <= at + 2) return undefined
  return { runs: readRuns(source.slice(at + 2, close), { ...dress, bold: true }), end: close + 2 }
}

function linkAt(source: string, at: number, dress: Omit<Run, 'text'>): Found | undefined {
  if (dress.href !== undefined || source[at] !== '[') return undefined
  const middle = findMark(source, '](', at + 1)
  const close = middle <= at + 1 ? -1 : findMark(source, ')', middle + 2)
  const href = close === -1 ? undefined : webAddress(source.slice(middle + 2, close))
  if (href === undefined) return undefined
  return { runs: readRuns(source.slice(at + 1, middle), { ...dress, href }), end: close + 1 }
}

/** The address where it is one of the web that hides nothing: no other scheme, no credentials, no blanks. */
export function webAddress(address: string): string | undefined {
  if (!/^https?:\/\/[^\s\p{Cc}]+$/iu.test(address) || !URL.canParse(address)) return undefined
  const url = new URL(address)
  return url.username === '' && url.password === '' && url.href.length <= 1_000 ? url.href : undefined
}

function isEscape(source: string, at: number): boolean {
  return source[at] === '\\' && /^[!-/:-@[-`{-~]/.test(source.slice(at + 1, at + 2))
}

function findMark(source: string, mark: string, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    if (isEscape(source, at)) at += 1
    else if (source.startsWith(mark, at)) return at
  }
  return -1
}
