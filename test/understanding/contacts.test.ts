import { describe, expect, it } from 'vitest'
import { readHost, readIp, readPhone } from '../../src/understanding/contacts.ts'
import { BAD_INPUT } from './support.ts'

describe('telephone numbers', () => {
  it.each([
    ['我的手机是13800138000', '+8613800138000'],
    ['+86 138 0013 8000', '+8613800138000'],
    ['call me at +44 20 7946 0958', '+442079460958'],
    ['座机 0571-88157808', '+8657188157808'],
  ])('%s', (text, value) => {
    expect(readPhone(text)?.value).toBe(value)
  })

  it.each(['91330106MA2CFAKE0X', '110101199003070000', '没有', '13800138000 或 13900139000'])(
    '%s is none',
    (text) => {
      expect(readPhone(text)).toBeUndefined()
    },
  )
})

describe('hosts', () => {
  it.each([
    ['https://www.Example.com/path?x=1', 'www.example.com', 'example.com'],
    ['域名是 example.com.cn。', 'example.com.cn', 'example.com.cn'],
    ['it is blog.example.cn.', 'blog.example.cn', 'example.cn'],
    ['阿里云.中国', '阿里云.中国', '阿里云.中国'],
  ])('%s', (text, value, domain) => {
    expect(readHost(text)).toMatchObject({ value, domain })
  })

  it.each([
    'me@example.com',
    'a.b',
    '没有域名',
    '我们的网站是阿里云.中国，谢谢',
    'example.com 和 example.net',
    '1.2.3.4',
    'e.g. this',
  ])('%s is none', (text) => {
    expect(readHost(text)).toBeUndefined()
  })
})

it('reads an IP address and nothing like one', () => {
  expect(readIp('IP 是 47.98.10.20，谢谢')?.value).toBe('47.98.10.20')
  expect(readIp('version 1.2.3')).toBeUndefined()
})

it.each(BAD_INPUT.map((text) => [text.slice(0, 40), text]))(
  'finds nothing that is not there in %j',
  (_, text) => {
    for (const found of [readPhone(text), readHost(text), readIp(text)])
      if (found) expect(text).toContain(found.said)
  },
)
