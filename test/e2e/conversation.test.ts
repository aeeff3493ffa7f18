import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Language } from '../../src/language.ts'
import { phrase } from '../../src/rendering/phrases.ts'
import { brain } from '../support/brain.ts'
import { labelOf, resultHeading, type Facts } from '../support/story.ts'
import { hasBrowser, violations } from '../widget/browser.ts'
import { APPLICANTS, FILINGS, SITES } from '../stories/cases.ts'
import { answerAll } from './answer-all.ts'
import { realProduct } from './real-product.ts'

const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 375, height: 740 }
const FACTS: Facts = { ...FILINGS['first-time'], ...APPLICANTS['company'], ...SITES['news'] }

describe.skipIf(!hasBrowser())('a whole conversation in Chromium with the real product', () => {
  const product = realProduct()
  let page: Page

  async function visit(language: Language, viewport = WIDE): Promise<void> {
    page = await product.open(language, { viewport })
    page.setDefaultTimeout(30_000)
  }
  const shot = (name: string) => product.shot(page, name)
  const button = (name: string) => page.getByRole('button', { name, disabled: false, exact: true })

  it.each([
    ['zh-CN', 'wide', WIDE],
    ['en', 'wide', WIDE],
    ['zh-CN', 'phone', PHONE],
    ['en', 'phone', PHONE],
  ] as const)(
    'in %s, %s: ends in the right result with reasons and sources',
    async (language, name, viewport) => {
      await visit(language, viewport)
      await page.getByRole('log').getByText(brain.dialogs.sections[0]!.questions[0]!.ask[language]).waitFor()
      await shot(`${language}-${name}-1-welcome`)
      await answerAll(page, language, FACTS)
      const log = page.getByRole('log')
      await log.getByRole('heading', { name: resultHeading(language, 'first-time') }).waitFor()
      expect(await log.getByRole('link').count()).toBeGreaterThan(0)
      await shot(`${language}-${name}-4-done`)
      await log.getByRole('heading', { name: resultHeading(language, 'first-time') }).scrollIntoViewIfNeeded()
      await shot(`${language}-${name}-2-result`)
      const { name: province } = brain.book.provinces.get('CN-ZJ')!
      const title = phrase(brain.phrases, language, 'province-title', { name: province[language] })
      await log.getByRole('heading', { name: title }).scrollIntoViewIfNeeded()
      await shot(`${language}-${name}-3-province`)
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      expect(await violations(page)).toEqual([])
    },
  )

  it('goes on after a refresh, and a change of mind flips the result', async () => {
    await visit('en')
    await answerAll(page, 'en', FACTS)
    await page.reload()
    await page.getByRole('heading', { name: resultHeading('en', 'first-time') }).waitFor()
    const box = page.getByRole('textbox', { name: 'Your message' })
    await box.fill('change server location')
    await page.keyboard.press('Enter')
    await button(labelOf('en', 'server.region', 'outside-mainland'))
      .last()
      .click()
    await page.getByRole('heading', { name: resultHeading('en', 'not-required') }).waitFor()
    await page.getByRole('log').getByText('turns from').waitFor()
    await shot('en-wide-5-changed')
  })

  it('deletes everything on request, and begins anew', async () => {
    await visit('en')
    await answerAll(page, 'en', { 'service.kind': 'mini-program' })
    const box = page.getByRole('textbox', { name: 'Your message' })
    await box.fill('delete my data')
    await page.keyboard.press('Enter')
    await button('Yes').click()
    await page.getByRole('log').getByText('Everything is deleted').waitFor()
    await shot('en-wide-6-deleted')
    await expect
      .poll(async () => page.getByRole('log').getByText('Result: ').count(), {
        timeout: 45_000,
        interval: 500,
      })
      .toBe(0)
    await page.getByRole('log').getByText(brain.dialogs.sections[0]!.questions[0]!.ask.en).last().waitFor()
  })
})
