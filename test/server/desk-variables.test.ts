import { expect, test } from 'vitest'
import { readConfig } from '../../src/server/config.ts'
import { staffOf } from '../../src/server/desk-variables.ts'

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }

test('staff, leads and hours are read; whoever leads is staff', () => {
  const config = readConfig({
    ...SLACK,
    STAFF: 'slack:T1:U1, msteams:tenant:*',
    STAFF_LEADS: 'slack:T1:U%3A9',
    DESK_HOURS: 'mon-sat 08:30-20:00',
    DESK_LANGUAGE: 'en',
  })
  expect(staffOf(config)).toEqual([
    { channel: 'slack', tenant: 'T1', user: 'U1' },
    { channel: 'msteams', tenant: 'tenant', user: '*' },
    { channel: 'slack', tenant: 'T1', user: 'U:9' },
  ])
  expect(config.DESK_HOURS).toEqual({ days: [1, 2, 3, 4, 5, 6], from: 510, to: 1200 })
})

test('without any there is no staff, and there are hours', () => {
  const config = readConfig({})
  expect(staffOf(config)).toEqual([])
  expect(config.DESK_HOURS).toEqual({ days: [1, 2, 3, 4, 5], from: 540, to: 1080 })
  expect(config.DESK_LANGUAGE).toBe('zh-CN')
})

test.each([
  [{ STAFF: 'slack:T1' }, /STAFF: channel:tenant:user/],
  [{ STAFF: 'slack:T1:U1:x' }, /STAFF: channel:tenant:user/],
  [{ STAFF: 'telegram:T1:U1' }, /a channel is one of slack, dingtalk, wecom, feishu, msteams/],
  [{ STAFF: 'slack:T1:U1' }, /STAFF: names people of slack, which is not switched on/],
  [{ ...SLACK, STAFF: 'slack:T1:U1', STAFF_LEADS: 'feishu:t:u' }, /STAFF_LEADS: names people of feishu/],
  [{ STAFF: 'msteams:t:*', BOT_FRAMEWORK: 'off' }, /names people of msteams, which is not switched on/],
  [{ DESK_HOURS: '9 to 5' }, /DESK_HOURS: days and times, as in mon-fri 09:00-18:00/],
  [{ DESK_HOURS: 'mon-fri 18:00-09:00' }, /DESK_HOURS/],
  [{ DESK_LANGUAGE: 'fr' }, /DESK_LANGUAGE/],
])('%j is an error at start', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message)
})
