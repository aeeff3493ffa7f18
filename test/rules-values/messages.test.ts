import { describe, expect, it } from 'vitest'
import { AppError } from '../../src/errors.ts'
import { LANGUAGES } from '../../src/language.ts'
import { FIELD_NOTES, FIELD_PROBLEMS, NOTES, PROBLEMS } from '../../src/rules/values/codes.ts'
import { buildValueBook } from '../../src/rules/values/value-book.ts'
import { ruleBook, ruleFiles, valueBook } from './support.ts'

const codes: readonly string[] = [...PROBLEMS, ...FIELD_PROBLEMS, ...NOTES, ...FIELD_NOTES]
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

describe('messages', () => {
  it('has words for every code, and a code for all words', () => {
    expect(Object.keys(valueBook.messages).sort()).toEqual([...codes].sort())
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('uses the same placeholders in both languages', () => {
    for (const [code, { text, remedy }] of Object.entries(valueBook.messages))
      for (const words of [text, remedy])
        expect(placeholders(words.en), code).toEqual(placeholders(words['zh-CN']))
  })

  it('is written in its language', () => {
    for (const [code, { text, remedy }] of Object.entries(valueBook.messages))
      for (const words of [text, remedy]) {
        expect(words['zh-CN'], code).toMatch(/\p{Script=Han}/u)
        expect(words.en, code).toMatch(/^["“{A-Z]/)
        for (const language of LANGUAGES) expect(words[language], code).toMatch(/[。？：.?:}]$/)
      }
  })

  it('cites only facts that stand in the rules and are not superseded', () => {
    for (const [code, { facts }] of Object.entries(valueBook.messages))
      for (const fact of facts ?? []) {
        expect(ruleBook.facts.get(fact), `${code} cites ${fact}`).toBeDefined()
        expect(ruleBook.facts.get(fact)?.superseded, `${code} cites ${fact}`).toBeUndefined()
      }
  })

  it('refuses a message that is missing, unknown, or in one language only', () => {
    const broken = (change: (messages: Record<string, unknown>) => void) => {
      const files = structuredClone(ruleFiles)
      const file = files.find(({ path }) => path === 'messages.yaml')
      change((file?.content as { messages: Record<string, unknown> }).messages)
      return () => buildValueBook(files)
    }
    const untold = broken((messages) => Reflect.deleteProperty(messages, 'several'))
    const unknown = broken((messages) => (messages['no-such-code'] = messages.several))
    const half = broken(
      (messages) => (messages.several = { text: { en: 'x' }, remedy: { en: 'x', 'zh-CN': 'x' } }),
    )
    for (const build of [untold, unknown, half]) expect(build).toThrow(AppError)
    expect(untold).toThrow(/messages\.yaml.*several/)
  })

  it('names a file that is missing', () => {
    const files = ruleFiles.filter(({ path }) => path !== 'values/regions.yaml')
    expect(() => buildValueBook(files)).toThrow(/values\/regions\.yaml is missing/)
  })
})
