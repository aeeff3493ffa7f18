import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildDialogs } from '../../src/interview/dialogs.ts'
import { answersOnPath, resolve } from '../../src/interview/resolve.ts'
import type { Answers } from '../../src/rules/answers.ts'
import { anyAnswers, book, dialogs, finished, firstAnswer, keysOn, resolved, TODAY } from './support.ts'

/** Cases saved by another release: the answers are data, and nothing about them can be taken for granted. */
const full = finished({}, firstAnswer)

describe('a case saved by another release', () => {
  it.each(Object.keys(full))('without %s is asked for it, and the later answers count again', (key) => {
    const without = Object.fromEntries(Object.entries(full).filter(([name]) => name !== key))
    expect(resolved(without).open?.question.id).toBe(key)
    expect(answersOnPath(resolved({ ...without, [key]: full[key] ?? '' }))).toEqual(full)
  })

  it.each([
    ['a value that is gone', { 'entity.kind': 'company' }],
    ['a list where one value is expected', { 'entity.kind': ['enterprise'] }],
    ['one value where a list is expected', { 'website.services': 'news' }],
    ['an empty list', { 'website.services': [] }],
    ['"not sure" where it is no longer allowed', { 'entity.kind': 'unsure' }],
    ['a region that is none', { 'entity.province': 'CN-XX' }],
  ])('with %s is asked again', (_, broken: Answers) => {
    const resolution = resolved({ ...full, ...broken })
    const [key] = Object.keys(broken)
    expect(resolution.open?.question.id).toBe(key)
    expect(answersOnPath(resolution)).not.toHaveProperty([key ?? ''])
  })

  it('keys that nobody asks for any more are neither exported nor used', () => {
    const extra: Answers = JSON.parse(
      '{"old.key": "x", "__proto__": "x", "constructor": "x", "toString": ["x"]}',
    ) as Answers
    expect(answersOnPath(resolved({ ...extra, ...full }))).toEqual(full)
  })

  it('resolves whatever stands under the keys', () => {
    const junk = fc.oneof(
      fc.string(),
      fc.array(fc.string(), { maxLength: 3 }),
      fc.constantFrom('unsure', '__proto__'),
    )
    const keys = [...dialogs.questions.keys()]
    fc.assert(
      fc.property(
        anyAnswers,
        fc.dictionary(fc.constantFrom(...keys, 'old.key'), junk, { maxKeys: 5 }),
        (answers, odd) => {
          const resolution = resolved({ ...answers, ...odd })
          expect(Object.keys(answersOnPath(resolution))).toEqual(keysOn(resolution))
        },
      ),
      { numRuns: 100 },
    )
  })

  it.each([...dialogs.questions.keys()])('a release without the question %s still ends', (gone) => {
    const files = dialogs.sections
      .map((section, index) => ({
        path: `${index}.yaml`,
        content: { ...section, questions: section.questions.filter(({ id }) => id !== gone) },
      }))
      .filter(({ content }) => content.questions.length > 0)
    const resolution = resolve(book, buildDialogs(files), full, TODAY)
    expect(answersOnPath(resolution)).not.toHaveProperty([gone])
    expect(keysOn(resolution).every((key) => key in full)).toBe(true)
  })
})
