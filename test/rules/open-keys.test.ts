import { describe, expect, it } from 'vitest'
import { UNSURE } from '../../src/rules/answers.ts'
import { fingerprint, matters, openKeys } from '../../src/rules/assess/open-keys.ts'
import { assessed, book, plain, TODAY } from './book.ts'

describe('open keys', () => {
  it('nothing is open once everything is answered', () => {
    const open = openKeys(book, plain(), TODAY)
    for (const key of Object.keys(plain())) expect(open).not.toContain(key)
  })

  it('names what was left out or is unsure, when it matters', () => {
    expect(openKeys(book, plain({ 'website.commercial': undefined }), TODAY)).toContain('website.commercial')
    expect(openKeys(book, plain({ 'order.open': UNSURE }), TODAY)).toContain('order.open')
  })

  it('leaves out what does not apply or cannot change anything', () => {
    const open = openKeys(book, { 'server.region': 'outside-mainland' }, TODAY)
    expect(open).not.toContain('server.provider')
    expect(open).not.toContain('domain.filing')
    expect(matters(book, plain({ 'domain.filing': 'other-entity' }), 'order.open', TODAY)).toBe(false)
  })

  it('closing the open keys one by one ends', () => {
    const answers: Record<string, string | readonly string[]> = {}
    for (let round = 0; round < 40; round += 1) {
      const [key] = openKeys(book, answers, TODAY)
      if (key === undefined) break
      const value = book.keys.get(key)?.type === 'region' ? 'CN-ZJ' : (book.keys.get(key)?.values?.at(-1) ?? '')
      expect(answers, `${key} is open twice`).not.toHaveProperty([key])
      answers[key] = book.keys.get(key)?.type === 'choices' ? [value] : value
    }
    expect(openKeys(book, answers, TODAY)).toEqual([])
  })
})

it('the fingerprint tells cases apart by what the rules say, not by how they were answered', () => {
  expect(fingerprint(assessed(plain()))).toBe(fingerprint(assessed(plain({ 'order.open': 'no' }))))
  expect(fingerprint(assessed(plain()))).not.toBe(fingerprint(assessed(plain({ 'entity.kind': 'individual' }))))
})
