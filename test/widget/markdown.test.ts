import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeLink } from '../../widget/text/link.ts'
import { parseInline, parseMarkdown, type Inline } from '../../widget/text/markdown.ts'
import { plainMessage, plainText } from '../../widget/text/plain.ts'
import { script } from './script.ts'

describe('the small Markdown', () => {
  it('reads paragraphs, line breaks, lists, bold and links', () => {
    expect(parseMarkdown('one\ntwo\n\n- **a** b\n- [c](https://x.cn/d)')).toEqual([
      { kind: 'paragraph', lines: [[{ kind: 'text', text: 'one' }], [{ kind: 'text', text: 'two' }]] },
      {
        kind: 'list',
        items: [
          [
            { kind: 'bold', children: [{ kind: 'text', text: 'a' }] },
            { kind: 'text', text: ' b' },
          ],
          [{ kind: 'link', href: 'https://x.cn/d', children: [{ kind: 'text', text: 'c' }] }],
        ],
      },
    ])
  })

  it('lets bold and links hold each other, once', () => {
    const [bold] = parseInline('**see [the **law**](https://x.cn)**')
    expect(bold?.kind).toBe('bold')
    expect(parseInline('[**a**](https://x.cn)')).toEqual([
      {
        kind: 'link',
        href: 'https://x.cn/',
        children: [{ kind: 'bold', children: [{ kind: 'text', text: 'a' }] }],
      },
    ])
  })

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,hi)',
    '[x](//evil.cn)',
    '[x](https://user:word@evil.cn)',
    '[x](https://a b)',
    '**',
    '****',
    '[](https://x.cn)',
    '[x](',
  ])('keeps %s as text', (source) => {
    expect(parseInline(source)).toEqual([{ kind: 'text', text: source }])
  })

  it('takes a backslash as "this is text"', () => {
    expect(plainText('\\*\\*a\\*\\* \\[b\\](https://x.cn) c\\d')).toBe('**a** [b](https://x.cn) c\\d')
    expect(parseInline('\\*\\*a\\*\\*')).toEqual([{ kind: 'text', text: '**a**' }])
  })

  it('loses no word and makes no unsafe link, whatever comes', () => {
    const piece = fc.constantFrom(
      '**',
      '[',
      '](',
      ')',
      'https://a.cn',
      'javascript:',
      '- ',
      '\n',
      '字',
      '\\',
      '<b>',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const source = pieces.join('')
        const nodes = parseInline(source)
        expect(links(nodes).every((href) => /^https?:\/\//.test(href))).toBe(true)
        const count = (text: string) => text.split('字').length
        expect(count(plainText(source))).toBe(count(source))
      }),
    )
  })

  it('is quick on hostile repetition', () => {
    const start = performance.now()
    parseMarkdown('['.repeat(3000) + '**'.repeat(3000) + ']('.repeat(3000))
    expect(performance.now() - start).toBeLessThan(3000)
  })
})

describe('safe links', () => {
  it('are http and https only', () => {
    expect(safeLink('https://beian.miit.gov.cn')).toBe('https://beian.miit.gov.cn/')
    expect(safeLink('http://例子.中国/')).toMatch(/^http:\/\/xn--/)
    expect(safeLink('ftp://x.cn')).toBeUndefined()
    expect(safeLink('\u0001javascript:alert(1)')).toBeUndefined()
    expect(safeLink('java\nscript:alert(1)')).toBeUndefined()
  })
})

describe('plain words for the live region', () => {
  it('says the text once and leaves folded lists out', () => {
    const welcome = plainMessage(script('welcome', 'en', 0))
    expect(welcome.split('Who will be responsible for the website?')).toHaveLength(2)
    expect(welcome).not.toContain('**')
    expect(plainMessage(script('result', 'en', 0))).not.toContain('Put the number in the footer')
  })
})

function links(nodes: readonly Inline[]): string[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'text') return []
    return node.kind === 'link' ? [node.href, ...links(node.children)] : links(node.children)
  })
}
