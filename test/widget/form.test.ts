import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasBrowser, launch, openPage, SMALL_TARGETS, startSite, violations, WIDER } from './browser.ts'
import type { FakeDirectLine } from './fake-direct-line.ts'
import { SNIPPET, type FieldStep } from './script-fields.ts'

describe.skipIf(!hasBrowser())('what is typed', () => {
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

  async function visit(step: FieldStep, options: BrowserContextOptions = {}): Promise<void> {
    page = await openPage(browser, address, errors, options)
    await page
      .getByRole('log')
      .getByRole('button', { name: /A company|企业/ })
      .waitFor()
    for (const conversation of fake.conversations.values()) fake.say(conversation, step)
    await page.getByRole('log').locator('.message').nth(1).waitFor()
  }
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  const send = (name = 'Send the form') => page.getByRole('button', { name, exact: true, disabled: false })

  it('goes out as one form, by keyboard alone, and stays to be read', async () => {
    await visit('form')
    await field('Name').focus()
    await page.keyboard.type('Wang Wei')
    await page.keyboard.press('Tab')
    await page.keyboard.type('13800000000')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    expect(await page.getByRole('checkbox', { name: 'Later (E-mail)' }).isChecked()).toBe(true)
    await page.keyboard.press('Tab')
    await page.keyboard.type('2030-01-31')
    await page.getByRole('checkbox', { name: 'None (Remark)' }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Result' }).waitFor()
    expect(fake.posts).toMatchObject([
      {
        // What was typed is in the value alone: the words of the message tell nothing personal.
        text: 'Filled in: Name, Mobile number, E-mail, Valid until, and Remark',
        value: {
          kind: 'answers',
          answers: {
            'leader.name': 'Wang Wei',
            'leader.mobile': '13800000000',
            'leader.email': 'unsure',
            'leader.certificate.until': '2030-01-31',
            'website.remark': 'unsure',
          },
        },
      },
    ])
    expect(await page.evaluate(FOCUSED_ROLE)).toBe('log')
    for (let visits = 0; visits < 2; visits += 1) {
      const sent = page.getByRole('log').locator('dl').first()
      expect(await sent.locator('dd').allTextContents()).toEqual([
        'Wang Wei',
        '13800000000',
        'Later',
        '2030-01-31',
        'None',
      ])
      await page.reload()
      await page.getByRole('heading', { name: 'Result' }).waitFor()
    }
  })

  it('says what is missing at the field, and goes to the first one', async () => {
    await visit('form')
    await field('Mobile number').fill('138')
    await send().click()
    expect(await page.evaluate(FOCUSED_LABEL)).toBe('Name')
    const alerts = page.getByRole('alert').filter({ hasText: 'Type your answer first.' })
    expect(await alerts.count()).toBe(4)
    expect(await field('Name').getAttribute('aria-invalid')).toBe('true')
    expect(await describedBy(field('Name'))).toBe('Type your answer first. As on the certificate')
    expect(await field('Mobile number').inputValue()).toBe('138')
    expect(fake.posts).toEqual([])
    await field('Name').fill('W')
    await expect.poll(() => alerts.count()).toBe(3)
    expect(await violations(page)).toEqual([])
  })

  it('keeps what was typed where the bot did not take all of it, with the reason at the field', async () => {
    await visit('form')
    for (const [name, value] of VALUES) await field(name).fill(value)
    await send().click()
    const wrong = page.getByRole('alert').filter({ hasText: 'A mobile number has 11 digits.' })
    await wrong.waitFor()
    for (const [name, value] of VALUES) expect(await field(name).inputValue()).toBe(value)
    expect(await page.evaluate(ANNOUNCED)).toContain('Mobile number: A mobile number has 11 digits.')
    expect(await describedBy(field('Mobile number'))).toBe('A mobile number has 11 digits.')
    await field('Mobile number').fill('13800000000')
    await wrong.waitFor({ state: 'detached' })
    await send().click()
    await page.getByRole('heading', { name: 'Result' }).waitFor()
    expect(fake.posts.at(-1)?.value).toMatchObject({
      answers: { 'leader.name': 'Wang Wei', 'leader.mobile': '13800000000', 'website.remark': 'line one' },
    })
  })

  it('takes Chinese in a field without sending it', async () => {
    await visit('form', { locale: 'zh-CN' })
    await field('姓名').focus()
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Input.imeSetComposition', { text: 'wangwei', selectionStart: 7, selectionEnd: 7 })
    await page.keyboard.press('Enter')
    await devtools.send('Input.insertText', { text: '王伟' })
    expect(await field('姓名').inputValue()).toMatch(/王伟$/)
    expect(fake.posts).toEqual([])
  })

  it('takes a day, typed freely or from the calendar', async () => {
    await visit('day')
    const typed = field('Until which day is the certificate valid?')
    await typed.fill('next Friday')
    await page.getByLabel(/^Pick from a calendar/).fill('2031-05-01')
    expect(await typed.inputValue()).toBe('2031-05-01')
    expect(await violations(page)).toEqual([])
    await typed.fill('end of May 2031')
    await typed.press('Enter')
    await expect
      .poll(() => fake.posts.at(-1))
      .toMatchObject({
        text: 'end of May 2031',
        value: { kind: 'answer', question: 'leader.certificate.until', answer: 'end of May 2031' },
      })
  })

  it('takes a long text of several lines, or nothing', async () => {
    await visit('long')
    const box = field('Remark')
    await box.focus()
    await page.keyboard.type('one')
    await page.keyboard.press('Enter')
    await page.keyboard.type('two')
    expect(fake.posts).toEqual([])
    expect(await violations(page)).toEqual([])
    await send('Send').last().click()
    await expect.poll(() => fake.posts.at(-1)?.value).toMatchObject({ answer: 'one\ntwo' })
    await page.getByRole('combobox').waitFor()
    for (const conversation of fake.conversations.values()) fake.say(conversation, 'long')
    await send('Skip it').click()
    await expect.poll(() => fake.posts.at(-1)?.value).toMatchObject({ answer: 'unsure' })
  })

  it('gives a snippet to copy as it is', async () => {
    await visit('snippet', { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.getByText(SNIPPET, { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Copy: Footer code' }).click()
    await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(SNIPPET)
    expect(await violations(page)).toEqual([])
  })

  it('selects the snippet where copying is forbidden', async () => {
    await visit('snippet')
    await page.evaluate(`navigator.clipboard.writeText = () => Promise.reject(new Error('no'))`)
    await page.getByRole('button', { name: 'Copy: Footer code' }).click()
    await page.getByText('The text is selected').waitFor()
    expect(await page.evaluate('getSelection().toString()')).toBe(SNIPPET)
  })

  it.each([
    { colorScheme: 'light', viewport: { width: 320, height: 640 } },
    { colorScheme: 'dark', viewport: { width: 320, height: 256 } },
  ] as const)('passes axe and fits, %o', async (options) => {
    await visit('form', options)
    await send().click()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(WIDER)).toEqual([])
    expect(await page.evaluate(SMALL_TARGETS)).toEqual([])
  })
})

const VALUES = [
  ['Name', 'Wang Wei'],
  ['Mobile number', '138'],
  ['E-mail', 'w@example.cn'],
  ['Valid until', '2030-01-31'],
  ['Remark', 'line one'],
] as const

const ROOT = `document.querySelector('icp-filing-assistant').shadowRoot`
const FOCUSED_ROLE = `${ROOT}.activeElement?.getAttribute('role')`
const FOCUSED_LABEL = `${ROOT}.activeElement?.labels?.[0]?.textContent`
const ANNOUNCED = `${ROOT}.querySelector('[aria-live=polite]').textContent`
/** What a screen reader adds to the name of a field. */
const describedBy = (field: Locator): Promise<string> =>
  field.evaluate((element) => {
    const { ariaDescribedByElements: by } = element as unknown as {
      ariaDescribedByElements: { textContent: string }[]
    }
    return by
      .map(({ textContent }) => textContent)
      .join(' ')
      .trim()
  })
