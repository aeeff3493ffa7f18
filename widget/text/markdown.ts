import { safeLink } from './link.ts'

/**
 * The small Markdown of a message, as a tree: paragraphs, `- ` lists, `**bold**`, `[label](https://…)` and
 * backslash escapes. Everything else, HTML above all, is text; the tree is drawn as elements, never as HTML.
 */
export type TextBlock =
  | { readonly kind: 'paragraph'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bold'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }

export function parseMarkdown(source: string): readonly TextBlock[] {
  const blocks: TextBlock[] = []
  let lines: (readonly Inline[])[] = []
  let items: (readonly Inline[])[] = []
  const flush = () => {
    if (lines.length > 0) blocks.push({ kind: 'paragraph', lines })
    if (items.length > 0) blocks.push({ kind: 'list', items })
    lines = []
    items = []
  }
  for (const line of source.replaceAll('\r\n', '\n').split('\n')) {
    const item = /^\s*- (.*)$/.exec(line)
    if (line.trim() === '') flush()
    else if (item) {
      if (lines.length > 0) flush()
      items.push(parseInline(item[1] ?? ''))
    } else {
      if (items.length > 0) flush()
      lines.push(parseInline(line.trim()))
    }
  }
  flush()
  return blocks
}

/** What may still open inside: neither bold in bold nor a link in a link, so nesting ends after two levels. */
interface Allowed {
  readonly bold: boolean
  readonly link: boolean
}

export function parseInline(
  source: string,
  allowed: Allowed = { bold: true, link: true },
): readonly Inline[] {
  const found: Inline[] = []
  let text = ''
  let at = 0
  const push = (node: Inline) => {
    if (text !== '') found.push({ kind: 'text', text })
    text = ''
    found.push(node)
  }
  while (at < source.length) {
    const node = bold(source, at, allowed) ?? link(source, at, allowed)
    if (node) {
      push(node.inline)
      at = node.end
    } else {
      if (escaped(source, at)) at += 1
      text += source[at]
      at += 1
    }
  }
  if (text !== '') found.push({ kind: 'text', text })
  return found
}

interface Match {
  readonly inline: Inline
  readonly end: number
}

function bold(source: string, at: number, allowed: Allowed): Match | undefined {
  if (!allowed.bold || !source.startsWith('**', at)) return undefined
  const close = find(source, '**', at + 2)
  if (close <= at + 2) return undefined
  const children = parseInline(source.slice(at + 2, close), { ...allowed, bold: false })
  return { inline: { kind: 'bold', children }, end: close + 2 }
}

function link(source: string, at: number, allowed: Allowed): Match | undefined {
  if (!allowed.link || source[at] !== '[') return undefined
  const middle = find(source, '](', at + 1)
  if (middle <= at + 1) return undefined
  const close = find(source, ')', middle + 2)
  if (close === -1) return undefined
  const href = safeLink(source.slice(middle + 2, close))
  if (href === undefined) return undefined
  const children = parseInline(source.slice(at + 1, middle), { ...allowed, link: false })
  return { inline: { kind: 'link', href, children }, end: close + 1 }
}

function escaped(source: string, at: number): boolean {
  return source[at] === '\\' && at + 1 < source.length && /[!-/:-@[-`{-~]/.test(source[at + 1] ?? '')
}

/** Where `mark` next stands unescaped; -1 when nowhere. */
function find(source: string, mark: string, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    if (escaped(source, at)) at += 1
    else if (source.startsWith(mark, at)) return at
  }
  return -1
}
