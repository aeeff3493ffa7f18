import { expect, test } from 'vitest'
import { feishuSettings } from '../../../src/channels/feishu/settings.ts'
import { readConfig } from '../../../src/server/config.ts'

const APP = { FEISHU_APP_ID: 'cli_9f5343c580712544', FEISHU_APP_SECRET: 'secret-of-the-app' }
const HOOK = { FEISHU_ENCRYPT_KEY: 'encrypt-key-0001', FEISHU_VERIFICATION_TOKEN: 'verification-token' }
const DESK = { STAFF: 'feishu:tenant:*' }

test.each([
  [{ FEISHU_APP_ID: APP.FEISHU_APP_ID }, [/FEISHU_APP_SECRET: needed/, /FEISHU_LONG_CONNECTION=true/]],
  [{ FEISHU_APP_SECRET: APP.FEISHU_APP_SECRET }, [/FEISHU_APP_ID: needed/]],
  [APP, [/FEISHU_ENCRYPT_KEY and FEISHU_VERIFICATION_TOKEN, or FEISHU_LONG_CONNECTION=true/]],
  [{ ...APP, FEISHU_ENCRYPT_KEY: HOOK.FEISHU_ENCRYPT_KEY }, [/FEISHU_VERIFICATION_TOKEN: needed/]],
  [
    { ...APP, FEISHU_VERIFICATION_TOKEN: HOOK.FEISHU_VERIFICATION_TOKEN },
    [/FEISHU_ENCRYPT_KEY: needed with/],
  ],
  [HOOK, [/FEISHU_APP_ID: needed/, /FEISHU_APP_SECRET: needed/]],
  [{ FEISHU_LONG_CONNECTION: 'true' }, [/FEISHU_APP_ID: needed/, /FEISHU_APP_SECRET: needed/]],
  [{ ...APP, FEISHU_APP_ID: 'app' }, [/begins with cli_/]],
])('half a configuration does not start: %j', (environment, messages) => {
  for (const message of messages) expect(() => readConfig(environment)).toThrow(message)
  expect(() => readConfig(environment)).not.toThrow(/secret-of-the-app|encrypt-key-0001|verification-token/)
})

test.each([
  [
    { ...APP, ...HOOK },
    { webhook: { encryptKey: 'encrypt-key-0001' }, longConnection: false },
  ],
  [
    { ...APP, FEISHU_LONG_CONNECTION: 'true' },
    { webhook: undefined, longConnection: true },
  ],
  [{ ...APP, ...HOOK, FEISHU_LONG_CONNECTION: '1' }, { longConnection: true }],
  [
    { ...APP, ...HOOK, FEISHU_API_URL: 'https://open.larksuite.com/' },
    { apiUrl: 'https://open.larksuite.com' },
  ],
])('a whole one does: %j', (environment, settings) => {
  expect(feishuSettings(readConfig({ ...DESK, ...environment }))).toMatchObject(settings)
})

test('none is a choice', () => {
  expect(feishuSettings(readConfig({ FEISHU_LONG_CONNECTION: 'false' }))).toBeUndefined()
})
