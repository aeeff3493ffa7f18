import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textTable } from '../../tools/lib/text-table.ts'
import { columnsOf, padColumns } from '../../tools/lib/width.ts'
import { wrap } from '../../tools/lib/wrap.ts'

describe('text in a terminal', () => {
  it('counts Chinese characters and full-width marks as two columns', () => {
    expect([columnsOf('备案'), columnsOf('ICP备案，'), columnsOf('é'), columnsOf('e\u0301')]).toEqual([
      4, 9, 1, 1,
    ])
    expect(padColumns('备案', 6)).toBe('备案  ')
  })

  it('breaks Chinese anywhere but around punctuation, English between words', () => {
    expect(wrap('首次备案，须关闭网站。', 8)).toEqual(['首次备', '案，须关', '闭网站。'])
    expect(wrap('（一）主体', 6)).toEqual(['（一）', '主体'])
    expect(wrap('Keep the site closed', 9)).toEqual(['Keep the', 'site', 'closed'])
    expect(wrap('one\n\ntwo', 9)).toEqual(['one', '', 'two'])
  })

  it('cuts what fits no line, after a dot where there is one', () => {
    expect(wrap('CN-GD.filing_province.12', 20)).toEqual(['CN-GD.filing_', 'province.12'])
    expect(wrap('aaaaaaaa', 3)).toEqual(['aaa', 'aaa', 'aa'])
  })

  it('loses no character and never exceeds the width', () => {
    const piece = fc.constantFrom(
      '备',
      '案',
      '，',
      '（',
      '）',
      'a',
      'filing',
      ' ',
      '.',
      '-',
      '。',
      '“',
      '”',
      '1',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 6, max: 30 }), (pieces, width) => {
        const text = pieces.join('')
        const lines = wrap(text, width)
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('draws a table whose lines are all as wide', () => {
    const table = textTable(
      ['编号', 'Rule'],
      [6, 10],
      [
        ['一二三四五', 'some longer words'],
        ['a', ''],
      ],
    )
    expect(new Set(table.split('\n').map(columnsOf))).toEqual(new Set([23]))
  })
})
