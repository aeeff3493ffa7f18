import { expect, test } from 'vitest'
import { wecomSettings } from '../../../src/channels/wecom/settings.ts'
import { readConfig } from '../../../src/server/config.ts'

const CORP = { WECOM_CORP_ID: 'ww1' }
const BOT = { WECOM_BOT_ID: 'b', WECOM_BOT_SECRET: 'hidden-1' }
const APP = {
  ...{ WECOM_AGENT_ID: '1000002', WECOM_APP_SECRET: 'hidden-2', WECOM_TOKEN: 'hidden-3' },
  WECOM_ENCODING_AES_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
}
const without = (all: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(all).filter(([key]) => key !== name))

test('either way, both, or neither', () => {
  expect(wecomSettings(readConfig({}))).toBeUndefined()
  expect(wecomSettings(readConfig({ ...CORP, ...BOT }))).toMatchObject({ corpId: 'ww1', bot: { id: 'b' } })
  expect(wecomSettings(readConfig({ ...CORP, ...APP }))?.bot).toBeUndefined()
  const both = wecomSettings(readConfig({ ...CORP, ...BOT, ...APP }))
  expect(both).toMatchObject({ bot: { id: 'b' }, app: { agentId: 1000002 } })
})

const HALVES: readonly (readonly [NodeJS.ProcessEnv, RegExp])[] = [
  [CORP, /WECOM_CORP_ID: needs WECOM_BOT_ID, WECOM_BOT_SECRET .* or WECOM_AGENT_ID/],
  [BOT, /WECOM_CORP_ID: needed/],
  ...[BOT, APP].flatMap((way) =>
    Object.keys(way).map(
      (name) => [{ ...CORP, ...without(way, name) }, new RegExp(`${name}: needed`)] as const,
    ),
  ),
  [{ ...CORP, ...APP, WECOM_ENCODING_AES_KEY: 'short' }, /WECOM_ENCODING_AES_KEY: the 43 characters/],
  [{ ...CORP, ...APP, WECOM_AGENT_ID: 'x' }, /WECOM_AGENT_ID/],
]
test.each(HALVES)('half a configuration does not start, and tells no value: %j', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message)
  expect(() => readConfig(environment)).not.toThrow(/hidden/)
})
