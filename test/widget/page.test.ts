import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasBrowser, launch, openPage, SMALL_TARGETS, startSite, violations, WIDER } from './browser.ts'
import type { FakeDirectLine } from './fake-direct-line.ts'

describe.skipIf(!hasBrowser())('the page in Chromium', () => {
  let browser: Browser
  let fake: FakeDirectLine
  let address: string
  let page: Page
  const errors: string[] = []

  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    ;({ fake, address } = await startSite())
    errors.length = 0
  })
  afterEach(async () => {
    await page.context().close()
    await fake.close()
    expect(errors).toEqual([])
  })

  async function visit(options: BrowserContextOptions = {}): Promise<Page> {
    page = await openPage(browser, address, errors, options)
    return page
  }
  const option = (name: string | RegExp) => page.getByRole('button', { name, disabled: false })

  it.each([
    { locale: 'en-GB', words: ENGLISH },
    { locale: 'zh-CN', words: CHINESE },
  ])('leads through a whole conversation in $locale', async ({ locale, words }) => {
    await visit({ locale })
    await option(words.company).click()
    await page.getByRole('combobox', { name: words.province }).fill(words.zhejiang)
    await page.getByRole('option', { name: words.zhejiang }).click()
    await option(words.confirm).click()
    const boxes = page.getByRole('group', { name: words.services })
    await boxes.getByRole('checkbox', { name: words.news }).check()
    await boxes.getByRole('checkbox', { name: words.none }).check()
    expect(await boxes.getByRole('checkbox', { name: words.news }).isChecked()).toBe(false)
    await boxes.getByRole('checkbox', { name: words.news }).check()
    expect(await boxes.getByRole('checkbox', { name: words.none }).isChecked()).toBe(false)
    await option(words.confirm).click()
    await page.getByRole('heading', { name: words.result }).waitFor()
    expect(fake.posts.map(({ value }) => (value as { answer: unknown }).answer)).toEqual([
      'enterprise',
      'CN-ZJ',
      ['news'],
    ])
    // The old question still says what was chosen, and takes no second tap.
    const old = page.getByRole('button', { name: words.companyChosen })
    expect(await old.getAttribute('aria-disabled')).toBe('true')
    expect(await page.getAttribute('html', 'lang')).toBe(locale === 'zh-CN' ? 'zh-CN' : 'en')
    await option(words.change).click()
    await expect
      .poll(() => fake.posts.at(-1)?.value)
      .toMatchObject({ command: 'edit', argument: 'entity.kind' })
  })

  it('takes a typed name that only one entry of the list has', async () => {
    await visit({ viewport: { width: 900, height: 500 } })
    await option(/A company/).click()
    await page.getByRole('combobox').fill('zhe')
    await option('Confirm').click()
    await page.getByRole('checkbox', { name: 'News' }).waitFor()
    expect(fake.posts.at(-1)).toMatchObject({ text: 'Zhejiang', value: { answer: 'CN-ZJ' } })
  })

  it('keeps the history over a refresh and the language over a visit', async () => {
    await visit()
    await page.getByRole('group', { name: 'Language' }).getByRole('button', { name: '中文' }).click()
    await page.getByRole('heading', { name: '您好' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: '您好' }).waitFor()
    await page.getByRole('heading', { name: 'Hello' }).waitFor()
    await page.getByRole('textbox', { name: '输入消息' }).waitFor()
    expect(fake.conversations.size).toBe(1)
    expect(await page.getByRole('log').locator('[lang=en]').count()).toBe(1)
  })

  it('says a lost connection and a lost message, and mends both', async () => {
    await visit()
    await option(/A company/).waitFor()
    fake.down = true
    fake.cut()
    await page.getByRole('status').filter({ hasText: 'Connection lost' }).waitFor()
    await page.getByRole('textbox', { name: 'Your message' }).fill('hello')
    await page.keyboard.press('Enter')
    await page.getByText('Not sent.').waitFor()
    expect(await violations(page)).toEqual([])
    await option('Try now').click()
    fake.down = false
    // Sending again brings the connection back as well.
    await option('Try again').click()
    await page.getByRole('status').filter({ hasText: 'Connection lost' }).waitFor({ state: 'detached' })
    await page.getByText('Not sent.').waitFor({ state: 'detached' })
    await page.getByRole('log').getByText('I did not understand').waitFor()
    expect(fake.posts).toHaveLength(1)
  })

  it('says that a conversation is gone', async () => {
    await visit()
    await option(/A company/).waitFor()
    fake.forgetEverything()
    await page.getByText('no longer available').waitFor()
    await option(/A company/).waitFor()
  })

  it('keeps two tabs in step', async () => {
    await visit()
    await option(/A company/).waitFor()
    const other = await page.context().newPage()
    await other.goto(address)
    await other.getByRole('button', { name: /A company/, disabled: false }).click()
    await page.getByRole('combobox').waitFor()
    expect(fake.conversations.size).toBe(1)
  })

  it('is used by keyboard alone, and no message moves the focus', async () => {
    await visit()
    await option(/A company/).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('combobox').waitFor()
    expect(await focused(page)).toContain('A company')
    await page.keyboard.press('Tab')
    expect(await focusedRole(page)).toBe('combobox')
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(LIST_HIDDEN_BY)).toBeLessThanOrEqual(0)
    await page.keyboard.type('zhe')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.getByRole('checkbox', { name: 'News' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    expect(await page.getByRole('checkbox', { name: 'News' }).isChecked()).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Result' }).waitFor()
    await page.getByRole('button', { name: 'Menu' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Help' }).waitFor()
    await page.keyboard.press('ArrowUp')
    expect(await focused(page)).toContain('Delete my data')
    await page.keyboard.press('Escape')
    expect(await page.getByRole('menu').count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Menu' }).getAttribute('aria-expanded')).toBe('false')
  })

  it('never sends while Chinese is being composed', async () => {
    await visit({ locale: 'zh-CN' })
    await option(/企业/).waitFor()
    const box = page.getByRole('textbox', { name: '输入消息' })
    await box.focus()
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Input.imeSetComposition', { text: 'zhejiang', selectionStart: 8, selectionEnd: 8 })
    await page.keyboard.press('Enter')
    await box.dispatchEvent('keydown', { key: 'Enter', keyCode: 229 })
    await box.dispatchEvent('keydown', { key: 'Enter', isComposing: true })
    await devtools.send('Input.insertText', { text: '浙江' })
    await page.waitForTimeout(200)
    expect(fake.posts).toEqual([])
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('x')
    await page.keyboard.press('Enter')
    await expect.poll(() => fake.posts.map(({ text }) => text)).toEqual([expect.stringMatching(/浙江\nx$/)])
  })

  it('draws hostile text as text', async () => {
    await visit()
    await option(/A company/).waitFor()
    await page.getByRole('textbox').fill('<img src=x onerror="window.hacked=1"> **no**')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('menuitem', { name: 'Help' }).click()
    await page.getByRole('log').getByText('[x](javascript:window.hacked=1)').waitFor()
    await page.getByRole('log').getByText('<img src=x onerror="window.hacked=1"> **no**').waitFor()
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(await page.locator('a[href^=javascript]').count()).toBe(0)
  })

  it('asks no other host for anything', async () => {
    const hosts = new Set<string>()
    await visit()
    page.on('request', (request) => hosts.add(new URL(request.url()).host))
    await page.reload()
    await option(/A company/).waitFor()
    expect([...hosts]).toEqual([new URL(address).host])
  })

  it.each(['light', 'dark'] as const)('passes axe in every state, %s', async (colorScheme) => {
    await visit({ colorScheme })
    await option(/A company/).waitFor()
    expect(await violations(page)).toEqual([])
    await option(/A company/).click()
    await option('Confirm').click()
    await page.getByText('Pick one from the list').waitFor()
    await page.getByRole('combobox').click()
    await page.keyboard.press('ArrowDown')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await option('Confirm').click()
    await page.getByRole('checkbox', { name: 'News' }).waitFor()
    await option('Confirm').click()
    await page.getByText('Tick at least one').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('checkbox', { name: 'News' }).check()
    await option('Confirm').click()
    await page.getByText('After approval', { exact: true }).click()
    await page.getByRole('button', { name: 'Menu' }).click()
    expect(await violations(page)).toEqual([])
  })

  it.each([
    { width: 320, height: 640 },
    { width: 320, height: 256 },
  ])('fits $width × $height without sideways scrolling', async (viewport) => {
    await visit({ viewport })
    await option(/A company/).click()
    await page.getByRole('combobox').click()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await option('Confirm').click()
    await page.getByRole('checkbox', { name: 'News' }).check()
    await option('Confirm').click()
    await page.getByRole('heading', { name: 'Result' }).waitFor()
    await page.getByRole('textbox').scrollIntoViewIfNeeded()
    expect(await page.getByRole('textbox').isVisible()).toBe(true)
    expect(await page.evaluate(WIDER)).toEqual([])
    expect(await page.evaluate(SMALL_TARGETS)).toEqual([])
  })
})

const ENGLISH = {
  company: /A company/,
  companyChosen: 'A company (your answer)',
  province: /Which province/,
  zhejiang: 'Zhejiang',
  confirm: /^Confirm/,
  services: /Which of these/,
  news: /News/,
  none: /None of these/,
  result: 'Result: first-time filing',
  change: 'Change: Responsible',
}
const CHINESE: typeof ENGLISH = {
  company: /企业/,
  companyChosen: '企业 (您的回答)',
  province: /哪个省级/,
  zhejiang: '浙江',
  confirm: /^确定/,
  services: /哪些内容/,
  news: /新闻/,
  none: /以上都没有/,
  result: '结论：首次备案',
  change: '修改：主办者',
}

const ACTIVE = `document.querySelector('icp-filing-assistant').shadowRoot.activeElement`
const focused = (page: Page): Promise<string> => page.evaluate(`${ACTIVE}.textContent`)
const focusedRole = (page: Page): Promise<string> => page.evaluate(`${ACTIVE}.getAttribute('role')`)

/** How far the open list reaches below the visible conversation. */
const LIST_HIDDEN_BY = `new Promise((resolve) => setTimeout(() => {
  const root = document.querySelector('icp-filing-assistant').shadowRoot
  const bottom = (selector) => root.querySelector(selector).getBoundingClientRect().bottom
  resolve(bottom('[role=listbox]:not([hidden])') - bottom('[role=log]'))
}, 300))`
