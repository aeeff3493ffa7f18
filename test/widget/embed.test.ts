import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasBrowser, launch, startHost, startSite, violations } from './browser.ts'
import type { FakeDirectLine } from './fake-direct-line.ts'

/** What the worst of pages do to everything in them. */
const HOSTILE = `
  html { font-size: 6px; color: red; text-transform: uppercase; letter-spacing: 9px; direction: ltr }
  body, body *, icp-filing-assistant { all: unset !important; position: static !important; opacity: .2 !important; visibility: hidden !important;
      font: 40px fantasy !important; transform: rotate(3deg) !important }
  button, input, textarea, p, div { display: none !important; background: lime !important }`

describe.skipIf(!hasBrowser())('the widget in somebody else’s page', () => {
  let browser: Browser
  let fake: FakeDirectLine
  let site: string
  let host: Awaited<ReturnType<typeof startHost>>
  let body = ''

  beforeAll(async () => {
    browser = await launch()
    ;({ fake, address: site } = await startSite())
    host = await startHost((req, res) => {
      const css = req.url === '/hostile.css'
      const sockets = site.replace('http', 'ws')
      res.writeHead(200, {
        'content-type': css ? 'text/css' : 'text/html; charset=utf-8',
        'content-security-policy':
          `default-src 'none'; script-src ${site}; style-src 'self'; connect-src ${site} ${sockets}; ` +
          `require-trusted-types-for 'script'`,
      })
      res.end(
        css ? HOSTILE : `<!doctype html><html lang="en"><title>Host</title><main><h1>Host</h1></main>${body}`,
      )
    })
  })
  afterAll(async () => {
    await browser.close()
    host.close()
    await fake.close()
  })

  async function visit(
    html: string,
    viewport = { width: 1000, height: 800 },
  ): Promise<{ page: Page; errors: string[] }> {
    body = html
    const context = await browser.newContext({ locale: 'en-GB', viewport })
    const page = await context.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (line) => {
      if (line.type() === 'error' && !line.text().includes('favicon')) errors.push(line.text())
    })
    await page.goto(host.address)
    return { page, errors }
  }

  it('opens from the launcher, untouched by hostile style and a strict policy', async () => {
    const { page, errors } = await visit(
      `<link rel="stylesheet" href="/hostile.css"><script src="${site}/widget.js" data-mode="launcher" data-lang="zh"></script>`,
    )
    const launcher = page.getByRole('button', { name: /打开助手/ })
    await launcher.waitFor()
    expect(fake.conversations.size).toBe(0)
    const corner = await launcher.boundingBox()
    expect(corner && corner.x + corner.width > 900 && corner.y > 700).toBe(true)
    expect(await page.evaluate(COMPUTED)).toEqual({
      opacity: '1',
      position: 'fixed',
      size: '16px',
      spacing: 'normal',
    })
    await launcher.press('Enter')
    const panel = page.getByRole('dialog', { name: 'ICP备案助手' })
    await panel.getByRole('button', { name: /企业/ }).click()
    await panel.getByRole('combobox').waitFor()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    await expect.poll(() => page.evaluate(FOCUSED)).toContain('打开助手')
    for (const conversation of fake.conversations.values()) fake.say(conversation, 'help')
    await page.getByRole('button', { name: /1 条未读/ }).waitFor()
    await page.screenshot()
    expect(errors).toEqual([])
    await page.context().close()
  })

  it('opens the whole case over the conversation, as well styled, and Escape closes that alone', async () => {
    fake.cases = true
    const { page, errors } = await visit(
      `<link rel="stylesheet" href="/hostile.css"><script src="${site}/widget.js" data-mode="launcher" data-lang="en"></script>`,
    )
    await page.getByRole('button', { name: /open the assistant/ }).press('Enter')
    const panel = page.getByRole('dialog', { name: 'ICP Filing Assistant' })
    await panel.getByRole('button', { name: /A company/ }).click()
    await panel.getByRole('button', { name: /Show my application: 1 of 3/ }).press('Enter')
    const sheet = page.getByRole('dialog', { name: 'My application' })
    // Places of marks are set by script, which the strictest policy lets be.
    const marks = sheet.getByRole('img', { name: /^Site opens/ }).locator('.rail-mark')
    await marks.first().scrollIntoViewIfNeeded()
    const [first, last] = [await marks.first().boundingBox(), await marks.last().boundingBox()]
    expect((last?.x ?? 0) - (first?.x ?? 0)).toBeGreaterThan(200)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    expect(await panel.isVisible()).toBe(true)
    fake.cases = false
    expect(errors).toEqual([])
    await page.context().close()
  })

  it('stands at its place, with the page’s colours and words', async () => {
    const { page, errors } = await visit(
      `<icp-filing-assistant lang="en" data-theme="dark" strings='{"en":{"title":"Ask Greenfield","odd":1}}'></icp-filing-assistant>
       <script src="${site}/widget.js"></script>`,
    )
    await page.getByRole('heading', { name: 'Ask Greenfield' }).waitFor()
    await page.getByRole('button', { name: /A company/ }).waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(`document.title`)).toBe('Host')
    expect(errors).toEqual([])
    await page.context().close()
  })

  it('fills a phone, passes axe on the demo page, and fits', async () => {
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 320, height: 640 } })
    const page = await context.newPage()
    await page.goto(`${site}/demo`)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: /open the assistant/ }).click()
    await page.getByRole('button', { name: /A company/ }).waitFor()
    const box = await page.getByRole('dialog').boundingBox()
    expect(box).toMatchObject({ x: 0, y: 0, width: 320, height: 640 })
    expect(await violations(page)).toEqual([])
    await page.reload()
    await page.getByRole('dialog').waitFor()
    await context.close()
  })
})

const FOCUSED = `document.querySelector('icp-filing-assistant').shadowRoot.activeElement?.getAttribute('aria-label') ?? ''`
const COMPUTED = `(() => {
  const host = document.querySelector('icp-filing-assistant')
  const outer = getComputedStyle(host)
  const inner = getComputedStyle(host.shadowRoot.querySelector('.root'))
  return { opacity: outer.opacity, position: outer.position, size: inner.fontSize, spacing: inner.letterSpacing }
})()`
