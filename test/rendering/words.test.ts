import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '../../src/language.ts'
import { readMarkdown, plainLines, webAddress } from '../../src/rendering/channel/markdown.ts'
import { fill } from '../../src/rendering/fill.ts'
import { wordsIn } from './support.ts'

const PLACES: Readonly<Record<string, readonly string[]>> = {
  alsoType: ['words'],
  change: ['example'],
  source: ['source'],
  more: ['count'],
  pair: ['label', 'value'],
  aside: ['text', 'aside'],
}

describe('the words', () => {
  it.each(LANGUAGES)('have the places that are filled in, in %s', (language) => {
    for (const [name, text] of Object.entries(wordsIn(language))) {
      const places = [...String(text).matchAll(/\{(\w+)\}/g)].map(([, place]) => place)
      expect([name, places]).toEqual([name, PLACES[name] ?? []])
      expect(String(text)).not.toBe('')
    }
  })

  it('are filled once: what is filled in stays as it is', () => {
    expect(fill('{a} {b} {c}', { a: '{b}', b: 2 })).toBe('{b} 2 {c}')
    expect(fill('{constructor} {__proto__}', {})).toBe('{constructor} {__proto__}')
  })
})

describe('the small Markdown', () => {
  it('is read into runs', () => {
    expect(readMarkdown('a **b [c](https://x.org/) d** \\*e\\*')).toEqual([
      {
        item: false,
        gap: false,
        runs: [
          { text: 'a ' },
          { text: 'b ', bold: true },
          { text: 'c', bold: true, href: 'https://x.org/' },
          { text: ' d', bold: true },
          { text: ' *e*' },
        ],
      },
    ])
  })

  it('becomes text that reads well', () => {
    const source =
      '**修改**：改任何一个回答\n\n- 一\n- [工信部](https://beian.miit.gov.cn/)\nhttps://x.org **'
    expect(plainLines(source)).toBe(
      '修改：改任何一个回答\n\n• 一\n• 工信部 (https://beian.miit.gov.cn/)\nhttps://x.org **',
    )
    expect(plainLines('[https://x.org/](https://x.org/)')).toBe('https://x.org/')
  })

  it('is text where it is not finished, or leads nowhere', () => {
    for (const text of ['**a', '****', '[a](', '[a]', '[](https://x.org)', '[a](ftp://x.org)', '-a', 'a - b'])
      expect(plainLines(text)).toBe(text)
  })

  it('follows web addresses only', () => {
    expect(webAddress('https://例子.中国/a')).toBe('https://xn--fsqu00a.xn--fiqs8s/a')
    for (const address of [
      'javascript:alert(1)',
      'https://a b.org',
      'https://u:p@x.org',
      'https://',
      '//x.org',
      `https://x.org/${'a'.repeat(1_000)}`,
    ])
      expect(webAddress(address)).toBeUndefined()
  })
})
