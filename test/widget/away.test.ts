import { pino } from 'pino'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type App } from '../../src/app.ts'
import { readConfig } from '../../src/server/config.ts'
import { storeConfig } from '../../src/server/store-config.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/port.ts'
import { ROOT } from '../support/app.ts'
import { redisAvailable, startRedis, type RedisServer } from '../support/redis-server.ts'
import { hasBrowser, launch, openPage } from './browser.ts'

const QUESTION = 'Does Guangdong ask for SMS verification?'
const NOT_SAVED = /was not saved|cannot tell/

describe.skipIf(!redisAvailable || !hasBrowser())('the page while the store is away', () => {
  let browser: Browser
  let server: RedisServer
  let store: Store
  let app: App

  beforeAll(async () => {
    ;[browser, server] = await Promise.all([launch(), startRedis()])
    const config = readConfig({
      PORT: '0',
      NODE_ENV: 'test',
      REDIS_URL: server.url,
      REDIS_TIMEOUT_MS: '600',
      DIRECT_LINE_SIGNING_KEYS: Buffer.alloc(32, 7).toString('base64'),
    })
    store = await openStore(storeConfig(config, ROOT))
    app = await startApp({ config, store, root: ROOT, log: pino({ level: 'silent' }) })
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    app.server.server.closeAllConnections()
    await app.close()
    await store.close()
    await server.stop()
  })

  it('answers a question from the facts, says that nothing was saved, and sends it once the store is back', async () => {
    const errors: string[] = []
    const page = await openPage(browser, app.address, errors)
    const box = page.getByRole('textbox', { name: 'Your message' })
    await page.getByRole('log').locator('.message.bot').first().waitFor()

    server.freeze()
    expect((await fetch(`${app.address}/readyz`)).status).toBe(503)
    await box.fill(QUESTION)
    await box.press('Enter')
    const answer = page.locator('.message.bot').filter({ hasText: NOT_SAVED })
    await answer.waitFor()
    expect(await answer.textContent()).toMatch(/SMS/)
    await page.locator('.message.own.failed').getByText('Not sent.').waitFor()

    server.thaw()
    await expect
      .poll(async () => (await fetch(`${app.address}/readyz`)).status, { timeout: 15_000 })
      .toBe(200)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('.message.own .bubble', { hasText: QUESTION }).waitFor()
    await page.locator('.message.own.failed').waitFor({ state: 'detached' })
    await answer.waitFor({ state: 'detached' })
    await page.locator('.message.bot', { hasText: 'SMS' }).last().waitFor()
    expect(await page.locator('.message.own', { hasText: QUESTION }).count()).toBe(1)
    await page.context().close()
    expect(errors).toEqual([])
  }, 90_000)
})
