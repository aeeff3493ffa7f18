import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../../src/app.ts'
import { redisAvailable, type RedisServer } from '../support/redis-server.ts'
import { startRedisApp } from '../support/redis-app.ts'
import { hasBrowser, launch, openPage } from './browser.ts'

const QUESTION = 'Does Guangdong ask for SMS verification?'
const NOT_SAVED = /was not saved|cannot tell/

describe.skipIf(!redisAvailable || !hasBrowser())('the page while the store is away', () => {
  let browser: Browser
  let server: RedisServer
  let app: App
  let end: () => Promise<void>

  beforeAll(async () => {
    ;[browser, { app, server, end }] = await Promise.all([launch(), startRedisApp()])
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await end()
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
