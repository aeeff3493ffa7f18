import type { PageContent } from '../../interview/following/footer-check.ts'

/** Elements whose content is no text of the page. */
const RAW = new Set([
  'script',
  'style',
  'textarea',
  'title',
  'template',
  'iframe',
  'noembed',
  'noframes',
  'xmp',
])
const LONGEST_LINK = 500
const MOST_LINKS = 5_000
const TAG = /<(\/?)([a-z][^\s/>]*)/iy
const ATTRIBUTE = /[\s/]*([^\s/>=]+)(?:\s*=\s*("[^"]*"?|'[^']*'?|[^\s"'>][^\s>]*))?/y
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  middot: '·',
  ensp: ' ',
  emsp: ' ',
}

/**
 * The text and the links of a page, from HTML in any state: comments, scripts and styles are no text, and what
 * is not closed ends with the page. One pass; never throws.
 */
export function readContent(html: string, address: string): PageContent {
  const links: { href: string; text: string }[] = []
  const parts: string[] = []
  let open: { href: string; text: string } | undefined
  let base = address
  const add = (text: string) => {
    parts.push(text)
    if (open && open.text.length < LONGEST_LINK) open.text += text.slice(0, LONGEST_LINK)
  }
  const closeLink = () => {
    if (open && links.length < MOST_LINKS) links.push(open)
    open = undefined
  }
  for (let at = 0; at < html.length;) {
    const tagAt = html.indexOf('<', at)
    add(decoded(html.slice(at, tagAt < 0 ? html.length : tagAt)))
    if (tagAt < 0) break
    if (html.startsWith('<!--', tagAt)) {
      at = after(html, '-->', tagAt + 4)
      continue
    }
    TAG.lastIndex = tagAt
    const tag = TAG.exec(html)
    if (!tag) {
      const skipped = /^<[!?/]/.test(html.slice(tagAt, tagAt + 2))
      if (!skipped) add('<')
      at = skipped ? after(html, '>', tagAt) : tagAt + 1
      continue
    }
    const [, closing = '', typed = ''] = tag
    const name = typed.toLowerCase()
    const { attributes, end } = readAttributes(html, TAG.lastIndex)
    at = end
    if (closing === '' && RAW.has(name)) at = afterRaw(html, name, end)
    else if (name === 'a') {
      closeLink()
      const href = attributes.get('href')
      if (closing === '' && href !== undefined) open = { href: resolved(href, base), text: '' }
    } else if (name === 'base' && attributes.has('href'))
      base = resolved(attributes.get('href') ?? '', address)
    else if (!INLINE.has(name)) add('\n')
  }
  closeLink()
  return { address, text: parts.join(''), links }
}

/** Between other elements words do not run together. */
const INLINE = new Set([
  'span',
  'b',
  'i',
  'em',
  'strong',
  'font',
  'small',
  'u',
  'big',
  'sup',
  'sub',
  'code',
  'ins',
  'mark',
  'bdi',
])

function readAttributes(
  html: string,
  from: number,
): { attributes: ReadonlyMap<string, string>; end: number } {
  const attributes = new Map<string, string>()
  for (let at = from; ;) {
    ATTRIBUTE.lastIndex = at
    const found = ATTRIBUTE.exec(html)
    if (!found) return { attributes, end: after(html, '>', at) }
    at = ATTRIBUTE.lastIndex
    const [, name = '', value = ''] = found
    const key = name.toLowerCase()
    if (!attributes.has(key)) attributes.set(key, decoded(value.replace(/^(["'])(.*?)\1?$/s, '$2')).trim())
  }
}

function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from)
  return at < 0 ? html.length : at + mark.length
}

function afterRaw(html: string, name: string, from: number): number {
  const close = new RegExp(`</${name}(?=[\\s/>])`, 'gi')
  close.lastIndex = from
  const found = close.exec(html)
  return found ? after(html, '>', found.index) : html.length
}

function resolved(href: string, base: string): string {
  return URL.canParse(href, base) ? new URL(href, base).href : href
}

function decoded(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));?/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole
      const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}
