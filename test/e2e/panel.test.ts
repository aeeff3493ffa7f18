import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Language } from '../../src/language.ts'
import { phrase, type Phrases } from '../../src/rendering/phrases.ts'
import { APPLICANTS, FILINGS, SITES } from '../stories/cases.ts'
import { brain } from '../support/brain.ts'
import { labelOf, resultHeading, type Facts } from '../support/story.ts'
import { hasBrowser, violations } from '../widget/browser.ts'
import { Walker } from './panel-walker.ts'
import { realProduct } from './real-product.ts'

const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 375, height: 740 }
const WHOLE: Facts = {
  ...FILINGS['first-time'],
  ...APPLICANTS['company'],
  ...SITES['news'],
  'application.start': 'later',
}

describe.skipIf(!hasBrowser())('the case beside the conversation, with the real product', () => {
  const product = realProduct()
  let page: Page

  async function visit(language: Language, options: BrowserContextOptions, facts = WHOLE): Promise<Walker> {
    page = await product.open(language, options)
    return new Walker(page, language, facts)
  }
  const log = () => page.getByRole('log')
  const shot = (name: string) => product.shot(page, `panel-${name}`)
  const write = async (language: Language, text: string) => {
    await page.getByRole('textbox', { name: language === 'en' ? 'Your message' : '输入消息' }).fill(text)
    await page.keyboard.press('Enter')
  }

  it(
    'is the same after a refresh at every question, and tells all in the end',
    { timeout: 120_000 },
    async () => {
      const walker = await visit('zh-CN', { viewport: WIDE })
      const say = (id: keyof Phrases, values?: Record<string, string | number>) =>
        phrase(brain.phrases, 'zh-CN', id, values)
      const panel = page.getByRole('complementary', { name: '我的备案' })
      let answered = 0
      for (let open = await walker.open(); open; open = await walker.open()) {
        const [before, path] = [await panel.innerText(), await log().locator('.own').count()]
        await page.reload()
        expect(await walker.open()).toBe(open)
        expect(await panel.innerText()).toBe(before)
        expect([await log().locator('.own').count(), await panel.locator('dt').count()]).toEqual([
          path,
          answered,
        ])
        await walker.answer(open)
        answered += 1
      }
      expect(answered).toBeGreaterThan(8)
      // The application is put off, so what comes after its first section does not apply.
      const total = brain.dialogs.sections.findIndex(({ id }) => id === 'preparation') + 1
      await panel.getByText(say('view-progress', { done: total, total })).waitFor()
      await panel.getByText(resultHeading('zh-CN', 'first-time')).click()
      await panel
        .getByRole('img', { name: new RegExp(`^${say('view-event-site-opened')}`) })
        .scrollIntoViewIfNeeded()
      await shot('zh-CN-wide-timeline')
      await page.evaluate(UNFOLD)
      expect(await panel.getByRole('link').count()).toBeGreaterThan(0)
      expect(await violations(page)).toEqual([])
    },
  )

  it('changes an answer from the sheet of a phone, and the results follow', async () => {
    const walker = await visit('en', { viewport: PHONE })
    await walker.go()
    const bar = page.getByRole('button', { name: /^Show my application/ })
    await bar.click()
    const sheet = page.getByRole('dialog', { name: 'My application' })
    await shot('en-phone-sheet')
    await sheet.getByText(brain.dialogs.sections[0]!.title.en, { exact: true }).click()
    const { label } = brain.dialogs.questions.get('server.region')!
    await sheet.getByRole('button', { name: `Change: ${label.en}` }).click()
    await sheet.waitFor({ state: 'detached' })
    await log()
      .getByRole('button', { name: labelOf('en', 'server.region', 'outside-mainland'), disabled: false })
      .click()
    await log()
      .getByRole('heading', { name: resultHeading('en', 'not-required') })
      .waitFor()
    await bar.click()
    await sheet.getByText(resultHeading('en', 'not-required')).waitFor()
    expect(await sheet.getByText(resultHeading('en', 'first-time')).count()).toBe(0)
  })

  it('keeps two tabs on one case in step, the panel too', async () => {
    const walker = await visit('en', { viewport: WIDE })
    await walker.go(2)
    const other = await page.context().newPage()
    await other.setViewportSize(WIDE)
    await other.goto(product.app().address)
    const second = new Walker(other, 'en', WHOLE)
    await second.go(1)
    const question = await second.open()
    await expect.poll(async () => (await walker.open())?.id).toBe(question?.id)
    await expect.poll(() => page.getByRole('complementary').locator('dt').count()).toBe(3)
    // Both press at once: what came second is told to be noted already, and both go on from the same question.
    await Promise.all([page.evaluate(PRESS_FIRST), other.evaluate(PRESS_FIRST)])
    await expect.poll(() => page.getByRole('complementary').locator('dt').count()).toBe(4)
    await expect.poll(() => other.getByRole('complementary').locator('dt').count()).toBe(4)
    const [here, there] = [await walker.open(), await second.open()]
    expect(here?.id).toBe(there?.id)
  })

  it.each(['en', 'zh-CN'] as const)('begins with starting points that work, in %s', async (language) => {
    await visit(language, { viewport: PHONE })
    const say = (id: keyof Phrases) => phrase(brain.phrases, language, id)
    const first = brain.dialogs.sections[0]!.questions[0]!.ask[language]
    const start = (id: keyof Phrases) =>
      log().getByRole('button', { name: say(id), exact: true, disabled: false })
    await start('start-filing').waitFor()
    await shot(`${language}-phone-welcome`)
    for (const id of ['start-filing', 'start-ask', 'action-human'] as const) {
      await page.context().close()
      await visit(language, { viewport: PHONE })
      // By keyboard: the focus stays on what was pressed.
      await start(id).first().press('Enter')
      await expect.poll(() => log().getByText(first).count()).toBe(2)
      await expect.poll(() => page.evaluate(FOCUSED)).toBe(say(id))
      expect(await log().getByText(say('nothing-back')).count()).toBe(0)
    }
  })

  it.each([
    { colorScheme: 'light', language: 'en', viewport: WIDE },
    { colorScheme: 'dark', language: 'zh-CN', viewport: PHONE },
  ] as const)('passes axe in every state, %o', async ({ language, ...options }) => {
    const say = (id: keyof Phrases) => phrase(brain.phrases, language, id)
    const walker = await visit(language, options, { ...WHOLE, 'service.kind': 'website' })
    const states: Record<string, () => Promise<void>> = {
      welcome: async () => void (await walker.open()),
      question: () => walker.go(2),
      why: async () => {
        await write(language, say('action-why'))
        await log()
          .getByRole('heading', { name: say('why-title') })
          .waitFor()
      },
      error: async () => {
        await write(language, 'qwertyuiop zxcvb')
        await log().getByText(say('no-match-1')).waitFor()
      },
      summary: async () => {
        await write(language, say('action-summary'))
        await log()
          .getByRole('heading', { name: say('summary-title') })
          .waitFor()
      },
      human: async () => {
        await write(language, say('action-human'))
        await log().getByText(say('human-provider').trim()).waitFor()
      },
      delete: async () => {
        await write(language, say('action-delete'))
        await log().getByText(say('confirm-delete')).waitFor()
        await write(language, say('action-no'))
        await log().getByText(say('cancelled')).waitFor()
      },
      done: () => walker.go(),
    }
    for (const [state, reach] of Object.entries(states)) {
      await reach()
      await page.evaluate(UNFOLD)
      expect([state, await violations(page)]).toEqual([state, []])
      await shot(`${language}-${options.colorScheme}-${state}`)
    }
  })

  it('gets through a slow network, and says plainly when there is none', async () => {
    const walker = await visit('en', { viewport: PHONE })
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Network.enable')
    const network = (offline: boolean, latency: number) =>
      devtools.send('Network.emulateNetworkConditions', {
        offline,
        latency,
        downloadThroughput: 40_000,
        uploadThroughput: 20_000,
      })
    await network(false, 400)
    await page.reload()
    await walker.go(2)
    await network(true, 0)
    await write('en', 'help')
    await log().getByText('Not sent.').waitFor()
    await network(false, 400)
    await log().getByRole('button', { name: 'Try again' }).click()
    await log().getByText('Not sent.').waitFor({ state: 'detached' })
    await log().getByText('to the question before').waitFor()
    expect(await log().getByText('help', { exact: true }).count()).toBe(1)
  })
})

const ROOT = `document.querySelector('icp-filing-assistant').shadowRoot`
const UNFOLD = `for (const fold of ${ROOT}.querySelectorAll('details')) fold.open = true`
const PRESS_FIRST = `${ROOT}.querySelector('.options:not(.old) .option').click()`
const FOCUSED = `${ROOT}.activeElement?.textContent ?? ''`
