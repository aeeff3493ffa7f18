import { describe, expect, it } from 'vitest'
import { anonymise, redact } from '../../src/trust/redact.ts'
import { clausesOf } from '../../src/trust/known.ts'
import { forms } from './forms.ts'

const NUMBERS: readonly (readonly [kind: string, value: string])[] = [
  ['a resident id', '33010619900101001X'],
  ['a resident id', '110105194912310021'],
  ['an old resident id', '330106900101001'],
  ['a credit code', '91330106MA27XW5N0K'],
  ['a mobile', '13800138000'],
  ['a mobile', '19912345678'],
  ['a landline', '057112345678'.replace('1234', '8765')],
]

describe('the redactor', () => {
  for (const [kind, value] of NUMBERS)
    for (const [form, text] of Object.entries(forms(value)).filter(([form]) => SHOWN.includes(form)))
      it(`hides ${kind}, ${form}: ${text}`, () => {
        for (const around of ['%', 'error: %', '我的号码是%，谢谢', 'sent "%" twice', '(%)']) {
          const shown = redact(around.replace('%', text))
          expect(shown).not.toContain(text)
          expect(shown.normalize('NFKC').replace(/[\s-]/g, '')).not.toContain(value.slice(3, 9))
          expect(shown).toContain('[')
        }
      })

  it.each([
    ['+86 571 8765 4321', '4321'],
    ['(0571) 87654321', '8765'],
    ['+852 9123 4567', '9123'],
    ['li.na+icp@example.cn', 'na+icp'],
    ['ｌｉ＠ｅｘａｍｐｌｅ．ｃｎ', 'ｅｘａｍｐｌｅ'],
    ['李娜@例子.中国', '例子'],
    ['护照号码：E12345678', '12345678'],
    ['passport number is G1234567', '1234567'],
    ['港澳居民来往内地通行证 H0123456789', '0123456789'],
    ['Authorization: Bearer abc.def.ghi-jkl', 'def'],
    ['{"authorization":"s3cr3t"}', 's3cr3t'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJjb252IjoieCJ9.c2ln', 'c2ln'],
    ['redis://icp:hunter2@10.0.0.1:6379', 'hunter2'],
    ['password=hunter2', 'hunter2'],
    ['wss://x/stream?watermark=1&t=abcdefg', 'abcdefg'],
    ['code ABCD-2345 secret ABCD-EFGH-2345', '2345'],
  ])('hides what is secret in %s', (text, part) => {
    expect(redact(text)).not.toContain(part)
  })

  it.each([
    'urn:uuid:12345678-1234-4123-8123-123456789012',
    '2026-11-24T08:00:00.000Z',
    'The document changed 6 times in 100000 characters more than ever',
    'node:internal/process/task_queues:95:5',
    'Unknown key website.services, at 12:30 on 2026-11-24',
    '浙ICP备2024012345号-1',
    'TEST-CASE and FORM-DATA',
    '/node_modules/@microsoft/recognizers-text-suite/dist/index.js:10:3',
  ])('leaves %s', (text) => {
    expect(redact(text)).toBe(text)
  })

  it('hides the known values of a case in every width, case and spacing', () => {
    const known = ['杭州云栖网络有限公司', 'Li Na', '文三路 100 号']
    for (const text of [
      '杭州云栖网络有限公司',
      '杭州 云栖 网络有限公司',
      'LI NA',
      'ＬｉＮａ',
      '文三路１００号',
    ])
      expect(redact(`said ${text}!`, known)).toBe('said [known]!')
  })

  it('hides what was typed, wholly or clause by clause', () => {
    const known = clausesOf('我叫张三丰，住在武当山')
    expect(redact('cannot read 我叫张三丰', known)).toBe('cannot read [known]')
  })

  it('leaves nothing longer than five digits and no site in a text kept apart', () => {
    expect(anonymise('order 123456 of www.example.com.cn and 12345')).toBe(
      'order [number] of [site] and 12345',
    )
  })

  it.each([
    ['手机13800138000不通', '手机[phone]不通'],
    ['身份证33010619900101001X', '身份证[identity number]'],
    ['电话 138-0013 8000。', '电话 [phone]。'],
    ['全角１３８００１３８０００', '全角[phone]'],
    ['写信到 li.na@example.cn', '写信到 [e-mail]'],
    ['订单12345', '订单12345'],
  ])('keeps of %s what helps staff', (text, shown) => {
    expect(anonymise(text)).toBe(shown)
  })

  it('takes hostile text in good time', () => {
    const texts = [
      '1'.repeat(20_000),
      '1-'.repeat(10_000),
      'a@'.repeat(10_000),
      'A1 '.repeat(7_000),
      '护照'.repeat(9_000),
    ]
    for (const text of texts) expect(redact(text, ['x'.repeat(5_000)]).length).toBeGreaterThan(0)
  })
})

const SHOWN = ['plain', 'full-width', 'spaced', 'hyphenated', 'each apart']
