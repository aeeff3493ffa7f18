import { expect, it } from 'vitest'
import type { Problem } from '../../src/rules/proof/problem.ts'
import { listed, meant } from '../../src/rules/proof/problem.ts'
import { differenceText, problemText } from '../../tools/check/report.ts'

const problem = (file: string, place: string, more: Partial<Problem> = {}): Problem => ({
  file,
  place,
  problem: `${place} is wrong`,
  remedy: 'mend it',
  ...more,
})

it('lists problems by file, with example and remedy', () => {
  const text = problemText([
    problem('rules/b.yaml', 'one'),
    problem('rules/a.yaml', 'two', { example: 'x is y' }),
  ])
  expect(text).toBe(
    [
      '2 problems in 2 files',
      '',
      'rules/a.yaml',
      '  two: two is wrong',
      '    for example: x is y',
      '    → mend it',
      '',
      'rules/b.yaml',
      '  one: one is wrong',
      '    → mend it',
    ].join('\n'),
  )
})

it('cuts long lists and says how many more there are', () => {
  const many = Array.from({ length: 30 }, (_, index) => problem('rules/a.yaml', `fact${index}`))
  expect(problemText(many)).toMatch(/fact7 is wrong[^]*and 22 more/)
  expect(problemText(many)).not.toMatch(/fact8 /)
})

it('keeps notes apart, and says nothing when there is nothing', () => {
  expect(problemText([problem('rules/a.yaml', 'old', { note: true })])).toMatch(/^Notes \(nothing fails/)
  expect(problemText([])).toBe('')
})

it('shows a short difference of the snapshot and how to accept it', () => {
  const text = differenceText({
    gone: ['a → b'],
    added: Array.from({ length: 20 }, (_, index) => `c${index} → d`),
  })
  expect(text).toMatch(/1 lines gone, 20 new/)
  expect(text).toMatch(/^- a → b$/m)
  expect(text).toMatch(/and 8 more/)
  expect(text).toMatch(/npm run check -- --update/)
})

it('lists items and guesses what was meant', () => {
  expect(listed([])).toBe('nothing')
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c')
  expect(listed(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('a, b, c, d and 2 more')
  expect(meant('organization', ['organisation', 'individual'])).toBe(' Did you mean "organisation"?')
  expect(meant('moon', ['organisation'])).toBe('')
})
