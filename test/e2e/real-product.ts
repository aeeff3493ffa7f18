import { mkdir } from 'node:fs/promises'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Language } from '../../src/language.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { launch, openPage } from '../widget/browser.ts'

const SCREENSHOTS = new URL('screenshots/', import.meta.url).pathname

/** What a test of the real product in a real browser works with. */
export interface RealProduct {
  readonly browser: () => Browser
  readonly app: () => TestApp
  /** Opens the product's page in a browser of its own; it is closed after the test. */
  readonly open: (language: Language, options?: BrowserContextOptions) => Promise<Page>
  readonly shot: (page: Page, name: string) => Promise<unknown>
}

/**
 * Starts browser and product for the tests of a `describe`, one of each. After every test its page is closed, and
 * nothing may have gone wrong in it, nor any host but the product's have been asked for anything.
 */
export function realProduct(start: () => Promise<TestApp> = startTestApp): RealProduct {
  let browser: Browser
  let app: TestApp
  let pages: Page[] = []
  const errors: string[] = []
  const hosts = new Set<string>()

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true })
    browser = await launch()
    app = await start()
  })
  afterAll(async () => {
    await browser.close()
    await app.end()
  })
  beforeEach(() => {
    errors.length = 0
    hosts.clear()
    pages = []
  })
  afterEach(async () => {
    for (const page of pages) await page.context().close()
    expect(errors).toEqual([])
    expect([...hosts]).toEqual([new URL(app.address).host])
  })

  return {
    browser: () => browser,
    app: () => app,
    open: async (language, options = {}) => {
      const locale = language === 'en' ? 'en-GB' : 'zh-CN'
      const page = await openPage(browser, app.address, errors, { locale, ...options }, hosts)
      pages.push(page)
      return page
    },
    shot: (page, name) => page.screenshot({ path: `${SCREENSHOTS}${name}.png` }),
  }
}
