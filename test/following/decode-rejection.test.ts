import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { decodeRejection, CONSIDERED, reopenFor } from '../../src/interview/following/decode-rejection.ts'
import { newCase, withAnswer } from '../../src/interview/case.ts'
import { brain } from '../support/brain.ts'
import { book } from './support.ts'

const corpus = z
  .array(z.strictObject({ text: z.string(), is: z.array(z.string()) }))
  .parse(parse(readFileSync(new URL('rejections.yaml', import.meta.url), 'utf8')))
const decode = (text: string) => decodeRejection(book.rejections, text).reasons.map(({ id }) => id)

describe('what a reviewer wrote', () => {
  it.each(corpus)('$text', ({ text, is }) => {
    expect(decode(text)).toEqual(is.map((id) => `reject.${id}`))
  })

  it('covers every reason the facts name', () => {
    const known = [...brain.book.facts.keys()].filter((id) => id.startsWith('reject.'))
    expect(book.rejections.map(({ id }) => id).toSorted()).toEqual(known.toSorted())
    const tried = new Set(corpus.flatMap(({ is }) => is))
    expect(known.filter((id) => !tried.has(id.replace('reject.', '')))).toEqual([])
    expect(corpus.length).toBeGreaterThanOrEqual(40)
  })

  it('is explained and mended in both languages', () => {
    for (const { explanation, fix, sources } of book.rejections) {
      expect(sources.length).toBeGreaterThan(0)
      for (const text of [explanation['zh-CN'], explanation.en, fix['zh-CN'], fix.en])
        expect(text.length).toBeGreaterThan(3)
      expect(fix.en).not.toContain('What to do')
      expect(fix['zh-CN']).not.toContain('处理：')
    }
  })

  it('is read up to its limit only, and quickly whatever it holds', () => {
    const late = `${'无关。'.repeat(CONSIDERED / 3)}域名未入库`
    expect(decodeRejection(book.rejections, late)).toEqual({ reasons: [], cut: true })
    for (const filler of ['域名', '证件', '\n', '1、', '（', '\u0301', '🙂'])
      expect(() => decode(filler.repeat(5_000))).not.toThrow()
  })
})

describe('what reopens', () => {
  it('is only what is concerned and was answered', () => {
    const current = ['site.name', 'leader.mobile', 'entity.name'].reduce(
      (one, key) => withAnswer(one, key, 'x'),
      newCase('c', 'en', new Date(0)),
    )
    const { reasons } = decodeRejection(book.rejections, '网站名称不规范；身份证照片模糊')
    const after = reopenFor(current, reasons, new Set(Object.keys(current.answers)))
    expect(after.keys).toEqual(['site.name'])
    expect(Object.keys(after.case.answers)).toEqual(['leader.mobile', 'entity.name'])
    expect(after.case.aside).toEqual({ 'site.name': 'x' })
  })

  it('is nothing that is off the path', () => {
    const current = withAnswer(newCase('c', 'en', new Date(0)), 'site.name', 'x')
    const { reasons } = decodeRejection(book.rejections, '网站名称不规范')
    expect(reopenFor(current, reasons, new Set())).toEqual({ case: current, keys: [] })
  })
})
