import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type App } from '../../src/app.ts'
import { readConfig } from '../../src/server/config.ts'
import { openEmbeddedStore } from '../../src/store/embedded/open.ts'
import type { Store } from '../../src/store/port.ts'
import { ROOT } from '../support/app.ts'
import { directLineTalker, type WebTalker } from '../support/direct-line-talker.ts'

let folder: string
let store: Store
let app: App
let now: Date
const KEY = Buffer.alloc(32, 7).toString('base64')

async function start(): Promise<void> {
  store = await openEmbeddedStore({ path: folder })
  const config = readConfig({
    PORT: '0',
    NODE_ENV: 'test',
    DIRECT_LINE_SIGNING_KEYS: KEY,
    BOT_FRAMEWORK: 'off',
  })
  app = await startApp({ config, store, root: ROOT, log: pino({ level: 'silent' }), clock: () => now })
}
async function stop(): Promise<void> {
  app.server.server.closeAllConnections()
  await app.close()
  await store.close()
}

/** All that the bot ever said in a conversation, straight from the channel's log. */
async function said({ conversationId }: Pick<WebTalker, 'conversationId'>): Promise<readonly string[]> {
  const entries = await store.logs.read(`dl:log:${conversationId}`, 0)
  return entries.filter(({ id }) => id.startsWith('bot:')).map(({ value }) => JSON.stringify(value))
}
async function eventually(check: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await check()) return
    await pause(100)
  }
  throw new Error('it did not happen')
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'following-app-'))
  now = new Date('2026-11-24T02:00:00Z')
  await start()
})
afterEach(async () => {
  await stop()
  await rm(folder, { recursive: true, force: true })
})

describe('the whole product', () => {
  it('reminds on the web, once, across a restart', async () => {
    const talker = await directLineTalker(app.address, 'en')
    await talker.hello()
    await talker.text('submitted')
    expect((await said(talker)).at(-1)).toContain('2026-11-27')
    await stop()
    now = new Date('2026-11-28T02:00:00Z')
    await start()
    const reminders = async () => (await said(talker)).filter((one) => one.includes('Reminder'))
    await eventually(async () => (await reminders()).length > 0)
    await stop()
    await start()
    await pause(2_500)
    expect(await reminders()).toHaveLength(1)
  })

  it('opens a case elsewhere, where two devices at once lose nothing; deleting it leaves nothing', async () => {
    const one = await directLineTalker(app.address, 'en')
    const other = await directLineTalker(app.address, 'en')
    await one.hello()
    await one.text('website')
    const issued = JSON.stringify(await one.text('my case code'))
    const [, code = '', secret = ''] = /\*\*(.{9})\*\*.*\*\*(.{14})\*\*/s.exec(issued) ?? []
    await other.hello()
    expect(JSON.stringify(await other.text(`resume ${code} AAAA-AAAA-AAAA`))).toContain('not right')
    const resumed = JSON.stringify(await other.text(`resume ${code} ${secret}`))
    expect(resumed).toContain('server.region')
    await Promise.all([one.text('mainland'), other.text('help'), other.text('my answers')])
    expect(JSON.stringify(await other.text('export my data'))).toContain('server')
    await one.text('delete my data')
    await one.text('yes')
    expect(JSON.stringify(await other.text('export my data').catch(() => 'gone'))).not.toContain('mainland')
  })

  it('refuses to look inside for anybody', async () => {
    const talker = await directLineTalker(app.address, 'en')
    await talker.hello()
    await talker.text('submitted')
    await talker.text('approved, number 浙ICP备2026001234号-1')
    const reply = JSON.stringify(await talker.text(`check footer ${app.address}`))
    expect(reply).toContain('not on the public internet')
  })
})
