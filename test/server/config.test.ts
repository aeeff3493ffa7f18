import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readConfig, VARIABLES } from '../../src/server/config.ts'

const KEY = Buffer.alloc(32, 7).toString('base64')

describe('the configuration', () => {
  it('needs nothing in development', () => {
    expect(readConfig({})).toMatchObject({ PORT: 3978, HOST: '127.0.0.1', BOT_FRAMEWORK: 'on' })
  })

  it('names every wrong variable at once, and no value', () => {
    const wrong = {
      PORT: '70000',
      LOG_LEVEL: 'loud',
      DIRECT_LINE_SECRET: 'too-short',
      DIRECT_LINE_SIGNING_KEYS: 'c2hvcnQ=',
    }
    const message = messageOf(wrong)
    for (const name of Object.keys(wrong)) expect(message).toContain(name)
    expect(message).not.toContain('too-short')
  })

  it('refuses production that would be open by accident', () => {
    const message = messageOf({ NODE_ENV: 'production' })
    expect(message).toContain('MicrosoftAppId')
    expect(message).toContain('DIRECT_LINE_SIGNING_KEYS')
    expect(message).toContain('ENCRYPTION_KEYS')
    expect(message).toContain('PUBLIC_URL')
    expect(
      readConfig({
        NODE_ENV: 'production',
        BOT_FRAMEWORK: 'off',
        PUBLIC_URL: 'https://filing.example.com',
        DIRECT_LINE_SIGNING_KEYS: KEY,
        ENCRYPTION_KEYS: `one:${KEY}`,
      }).NODE_ENV,
    ).toBe('production')
  })

  it('takes an empty variable as not set, and leaves unknown ones alone', () => {
    expect(
      readConfig({ PORT: '', HUMAN_CONTACT: '', __proto__: 'x', PATH: '/bin' }).HUMAN_CONTACT,
    ).toBeUndefined()
  })

  it('.env.example has every variable and no other', () => {
    const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
    const documented = [...text.matchAll(/^([A-Za-z_]+)=/gm)].map((match) => match[1] ?? '')
    expect([...documented].sort()).toEqual([...VARIABLES].sort())
    expect(() => readConfig(Object.fromEntries(documented.map((name) => [name, ''] as const)))).not.toThrow()
  })
})

function messageOf(environment: NodeJS.ProcessEnv): string {
  try {
    readConfig(environment)
  } catch (error) {
    return String(error)
  }
  throw new Error('it was taken')
}
