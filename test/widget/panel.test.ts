import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasBrowser, launch, openPage, SMALL_TARGETS, startSite, violations, WIDER } from './browser.ts'
import type { FakeDirectLine } from './fake-direct-line.ts'

const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 375, height: 700 }

describe.skipIf(!hasBrowser())('the panel with the whole case', () => {
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
    fake.cases = true
    errors.length = 0
  })
  afterEach(async () => {
    await page.context().close()
    await fake.close()
    expect(errors).toEqual([])
  })

  /** A visit with two questions answered. */
  async function visit(options: BrowserContextOptions): Promise<void> {
    page = await openPage(browser, address, errors, options)
    const zh = options.locale === 'zh-CN'
    await log()
      .getByRole('button', { name: zh ? /企业/ : /A company/, disabled: false })
      .click()
    await log()
      .getByRole('combobox')
      .fill(zh ? '浙江' : 'Zhejiang')
    await page.keyboard.press('Tab')
    await log()
      .getByRole('button', { name: zh ? /^确定/ : /^Confirm/, disabled: false })
      .click()
    await log().getByRole('checkbox').first().waitFor()
  }
  const log = () => page.getByRole('log')

  it.each([
    { locale: 'en-GB', words: ENGLISH },
    { locale: 'zh-CN', words: CHINESE },
  ])('stands beside the conversation on a wide screen, in $locale', async ({ locale, words }) => {
    await visit({ viewport: WIDE, locale })
    const panel = page.getByRole('complementary', { name: words.panel })
    const box = await panel.boundingBox()
    expect(box && box.x > 800 && box.width >= 340).toBe(true)
    await readsWhole(panel, words)
    expect(await panel.locator('[lang]').first().getAttribute('lang')).toBe(
      locale === 'en-GB' ? 'en' : 'zh-CN',
    )
    await panel.getByText(words.section, { exact: true }).click()
    // Text of a person stays text.
    await panel.getByText('<b>x</b>').waitFor()
    await panel.getByRole('button', { name: words.change }).click()
    await expect
      .poll(() => fake.posts.at(-1)?.value)
      .toMatchObject({ command: 'edit', argument: 'entity.kind' })
    for (const [name, command] of words.commands) {
      await panel.getByRole('button', { name }).click()
      await expect.poll(() => fake.posts.at(-1)?.value).toMatchObject({ command })
    }
    expect(
      await page.evaluate(
        `document.querySelector('icp-filing-assistant').shadowRoot.querySelectorAll('a[href^=javascript]').length`,
      ),
    ).toBe(0)
  })

  it('opens as a sheet on a phone, keeps the focus in it and gives it back', async () => {
    await visit({ viewport: PHONE })
    const bar = page.getByRole('button', { name: 'Show my application: 1 of 3 parts done' })
    await bar.focus()
    await page.keyboard.press('Enter')
    const sheet = page.getByRole('dialog', { name: 'My application' })
    await sheet.waitFor()
    // It arrives with a short movement.
    await expect.poll(async () => Math.abs((await sheet.boundingBox())?.y ?? 9)).toBeLessThan(0.1)
    expect((await sheet.boundingBox())?.width).toBe(PHONE.width)
    await expect.poll(() => focused(page)).toBe('My application')
    await readsWhole(sheet, ENGLISH)
    // What the sheet covers takes no focus, however long one goes on.
    for (let presses = 0; presses < 25; presses += 1) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(INSIDE_FRONT)).toBe(false)
    }
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toContain('My application')
    await bar.click()
    await sheet.getByText('Filing', { exact: true }).click()
    await sheet.getByRole('button', { name: 'Change: Responsible' }).click()
    await sheet.waitFor({ state: 'detached' })
    await log().getByRole('heading', { name: 'Hello' }).last().waitFor()
  })

  it('is there again after a refresh, and in step in two tabs', async () => {
    await visit({ viewport: WIDE })
    await page.reload()
    const panel = page.getByRole('complementary', { name: 'My application' })
    await panel.getByText('1 of 3 parts done').waitFor()
    const other = await page.context().newPage()
    await other.setViewportSize(PHONE)
    await other.goto(address)
    await other.getByRole('button', { name: /Show my application: 1 of 3/ }).waitFor()
    await page.getByRole('group', { name: 'Language' }).getByRole('button', { name: '中文' }).click()
    await page.getByRole('complementary', { name: '我的备案' }).getByText('已完成 1 部分').waitFor()
    await other.getByRole('button', { name: /查看我的备案：共 3 部分/ }).waitFor()
  })

  it('changes an answer from its own bubble', async () => {
    await visit({ viewport: PHONE })
    expect(
      await log()
        .getByRole('button', { name: /^Change/ })
        .count(),
    ).toBe(2)
    await log().getByRole('button', { name: 'Change: Province' }).click()
    await expect
      .poll(() => fake.posts.at(-1)?.value)
      .toMatchObject({ command: 'edit', argument: 'entity.province' })
    // It says in the conversation what was asked for.
    await log().getByText('Change: Province', { exact: true }).waitFor()
  })

  it.each([
    { colorScheme: 'light', viewport: WIDE },
    { colorScheme: 'dark', viewport: WIDE },
    { colorScheme: 'dark', viewport: PHONE },
  ] as const)('passes axe with everything unfolded, %o', async ({ colorScheme, viewport }) => {
    await visit({ colorScheme, viewport })
    if (viewport === PHONE) await page.getByRole('button', { name: /Show my application/ }).click()
    await page.evaluate(UNFOLD)
    expect(await violations(page)).toEqual([])
  })

  it.each([
    { width: 320, height: 640 },
    { width: 320, height: 256 },
    { width: 640, height: 400 },
  ])('fits $width × $height: 400 % and 200 % zoom of a usual window', async (viewport) => {
    await visit({ viewport })
    await page.getByRole('button', { name: /Show my application/ }).click()
    await page.evaluate(UNFOLD)
    expect(await page.evaluate(WIDER)).toEqual([])
    expect(await page.evaluate(SMALL_TARGETS)).toEqual([])
    const foot = page.getByRole('dialog').getByRole('button', { name: 'Delete my data' })
    await foot.scrollIntoViewIfNeeded()
    const box = await foot.boundingBox()
    expect(box && box.y + box.height <= viewport.height).toBe(true)
  })
})

async function readsWhole(panel: Locator, words: typeof ENGLISH): Promise<void> {
  await panel.getByRole('progressbar', { name: words.progress }).waitFor()
  await panel.getByText('K7QF-29XM').waitFor()
  await panel.getByText(words.result).click()
  await panel.getByText(words.reason).waitFor()
  await panel.getByText(words.sms, { exact: true }).waitFor()
  await panel.getByText(words.documents).waitFor()
  await panel.getByRole('link', { name: words.download }).waitFor()
  // The drawing says what it shows, and its marks are where their days are.
  const rail = panel.getByRole('img', { name: words.rail })
  const line = await rail.locator('.rail-line').boundingBox()
  const marks = await rail.locator('.rail-mark').all()
  const places = await Promise.all(
    marks.map(async (mark) => {
      const box = await mark.boundingBox()
      return Math.round(((box?.x ?? 0) + (box?.width ?? 0) / 2 - (line?.x ?? 0)) / ((line?.width ?? 1) / 30))
    }),
  )
  expect(places).toEqual([0, 30])
}

const ENGLISH = {
  panel: 'My application',
  progress: 'Progress',
  section: 'Filing',
  change: 'Change: Responsible',
  result: 'Outcome: first-time filing',
  reason: 'File before it opens.',
  sms: 'No text message is needed.',
  documents: 'Documents to get ready',
  download: /^Dossier/,
  rail: 'Site opens: That day, Footer number; 1 December, Public security',
  commands: [
    ['Talk to a person', 'human'],
    ['Delete my data', 'delete'],
    ['中文', 'language'],
  ] as readonly (readonly [string, string])[],
}
const CHINESE: typeof ENGLISH = {
  panel: '我的备案',
  progress: '进度',
  section: '备案',
  change: '修改：主办者',
  result: '结论：首次备案',
  reason: '开通前须备案。',
  sms: '不需要短信核验。',
  documents: '资料清单',
  download: /^备案材料/,
  rail: '网站开通：当天, 页脚备案号; 12 月 1 日, 公安备案',
  commands: [
    ['转人工', 'human'],
    ['删除我的数据', 'delete'],
    ['English', 'language'],
  ],
}

const ROOT = `document.querySelector('icp-filing-assistant').shadowRoot`
const focused = (page: Page): Promise<string> => page.evaluate(`${ROOT}.activeElement?.textContent ?? ''`)
const INSIDE_FRONT = `Boolean(${ROOT}.activeElement?.closest('.front'))`
const UNFOLD = `for (const fold of ${ROOT}.querySelectorAll('details')) fold.open = true`
