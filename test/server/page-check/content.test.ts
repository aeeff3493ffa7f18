import { describe, expect, it } from 'vitest'
import { readContent } from '../../../src/server/page-check/content.ts'

const read = (html: string) => readContent(html, 'https://www.example.cn/a/b')
const words = (html: string) => read(html).text.replace(/\s+/g, ' ').trim()

describe('what a page shows', () => {
  it.each([
    ['<p>a</p><p>b</p>', 'a b'],
    ['a<script>"<a href=x>"</script>b<style>c</style>d', 'abd'],
    ['a<!-- <p>b</p> -->c', 'ac'],
    ['a<!-- never closed', 'a'],
    ['a<script>never closed', 'a'],
    ['1 < 2 &amp; 3 &gt; 2 &copy; &#20140; &#x4eac;', '1 < 2 & 3 > 2 © 京 京'],
    ['&unknown; &#0; &#x110000;', '&unknown; &#0; &#x110000;'],
    ['<!doctype html><html><head><title>t</title></head><body>b', 'b'],
    ['<a title="<b>">x</a>', 'x'],
    ['浙ICP备<span>2026000001</span>号-1', '浙ICP备2026000001号-1'],
    ['</p>a<p', 'a'],
    ['<', '<'],
    ['', ''],
  ])('%j', (html, text) => {
    expect(words(html)).toBe(text)
  })

  it.each([
    ['<a href="https://beian.miit.gov.cn/">x</a>', 'https://beian.miit.gov.cn/', 'x'],
    ["<A HREF='//beian.miit.gov.cn' target=_blank>x</A>", 'https://beian.miit.gov.cn/', 'x'],
    ['<a target=_blank href=/c>x<b>y</b></a>', 'https://www.example.cn/c', 'xy'],
    ['<a href=" c ">x', 'https://www.example.cn/a/c', 'x'],
    ['<a href="?a=1&amp;b=2">x</a>', 'https://www.example.cn/a/b?a=1&b=2', 'x'],
    ['<a href="http://[">x</a>', 'http://[', 'x'],
    ['<base href="https://other.cn/"><a href="c">x</a>', 'https://other.cn/c', 'x'],
  ])('%j links', (html, href, text) => {
    expect(read(html).links).toEqual([{ href, text }])
  })

  it('is read to its end, whatever it is made of', () => {
    const junk = [
      '<',
      '<a href="',
      '<!--',
      '<script>',
      '&',
      '<a ',
      '<a b=',
      '</',
      '&#',
      '<a href=x>',
      "<p '",
      '="',
    ]
    for (const piece of junk) {
      expect(() => read(piece.repeat(1_000_000 / piece.length))).not.toThrow()
    }
  })
})
