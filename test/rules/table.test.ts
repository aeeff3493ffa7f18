import { describe, expect, it } from 'vitest'
import { one } from '../../src/rules/knowledge.ts'
import { tableSchema, type Table } from '../../src/rules/schema.ts'
import { evaluate, inForce, possibleResults } from '../../src/rules/table.ts'

const text = { 'zh-CN': '文字', en: 'text' }
const row = (id: string, result: string, when: object, dates: object = {}) => ({
  id,
  result,
  when,
  because: text,
  sources: ['s'],
  ...dates,
})
const table: Table = tableSchema.parse({
  id: 't',
  title: text,
  hit: 'unique',
  inputs: ['a', 'b'],
  results: { second: { label: text }, first: { label: text }, third: { label: text } },
  rows: [
    row('t.1', 'first', { a: 'x' }),
    row('t.2', 'second', { a: 'y', b: 'u' }),
    row('t.3', 'third', { a: 'y', b: 'v' }, { until: '2022-02-28' }),
    row('t.4', 'first', { a: 'y', b: 'v' }, { from: '2022-03-01' }),
  ],
})
const told = (a: readonly string[], b: readonly string[], asOf: string) =>
  evaluate(table, (key) => one(...(key === 'a' ? a : b)), asOf)

describe('evaluate', () => {
  it('gives the one row that holds, and says that it is certain', () => {
    const hits = told(['x'], ['u', 'v'], '2020-01-01')
    expect(hits.map(({ row, certain }) => [row.id, certain])).toEqual([['t.1', true]])
  })

  it('gives every row that may hold while something is unknown, none of them certain', () => {
    const hits = told(['x', 'y'], ['u'], '2020-01-01')
    expect(hits.map(({ row, certain }) => [row.id, certain])).toEqual([
      ['t.1', false],
      ['t.2', false],
    ])
  })

  it('an unknown input that no remaining row asks about does not disturb', () => {
    expect(told(['x'], [], '2020-01-01')).toHaveLength(1)
  })

  it('uses the rows of the day only', () => {
    const resultOn = (day: string) => possibleResults(table, told(['y'], ['v'], day))
    expect(resultOn('2022-02-28')).toEqual(['third'])
    expect(resultOn('2022-03-01')).toEqual(['first'])
  })
})

it('results come in the order of the table, each once', () => {
  expect(possibleResults(table, told(['x', 'y'], ['u', 'v'], '2023-01-01'))).toEqual(['second', 'first'])
})

describe('inForce', () => {
  it.each([
    [{}, true],
    [{ from: '2020-05-27' }, true],
    [{ from: '2020-05-28' }, false],
    [{ until: '2020-05-27' }, true],
    [{ until: '2020-05-26' }, false],
    [{ from: '2020-01-01', until: '2020-12-31' }, true],
  ])('%j on 2020-05-27: %s', (dates, held) => {
    expect(inForce(dates, '2020-05-27')).toBe(held)
  })
})
