import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Language } from '../../src/language.ts'
import { phrase } from '../../src/rendering/phrases.ts'
import { brain } from '../support/brain.ts'
import { Story } from '../support/story.ts'
import { pureTalker } from '../support/talker.ts'
import { hasBrowser, violations } from '../widget/browser.ts'
import { HANGZHOU } from '../stories/applications.ts'
import { realProduct } from './real-product.ts'

describe.skipIf(!hasBrowser())('an application in Chromium with the real product', () => {
  const product = realProduct()
  let page: Page

  const log = () => page.getByRole('log')
  const shot = (name: string) => product.shot(page, `application-${name}`)
  const ask = (language: Language, key: string) => brain.dialogs.questions.get(key)?.ask[language] ?? ''

  /** Says what a story says, one message after the other, until the question is open. */
  async function walk(language: Language, until: string, from?: string): Promise<void> {
    const story = new Story(pureTalker(language), language, 'words')
    await story.begin()
    if (from !== undefined) await story.answerFrom(HANGZHOU, from)
    while (story.open && story.open.question !== until) {
      const { question } = story.open
      const value = HANGZHOU[question] ?? ''
      const option = story.open.options
        .filter(({ value: one }) => [value].flat().includes(one))
        .map(({ label }) => label)
      const text =
        option.length > 0 ? option.join(', ') : String(value === 'unsure' ? story.open.unsure : value)
      await story.say(text)
      await page.getByRole('textbox').last().fill(text)
      await page.getByRole('textbox').last().press('Enter')
      await log()
        .getByText(ask(language, story.open?.question ?? ''), { exact: true })
        .last()
        .waitFor()
    }
  }

  it.each([
    ['en', 'wide-light', { width: 1280, height: 900 }, 'light'],
    ['zh-CN', 'wide-dark', { width: 1280, height: 900 }, 'dark'],
    ['zh-CN', 'phone-light', { width: 375, height: 740 }, 'light'],
    ['en', 'phone-dark', { width: 375, height: 740 }, 'dark'],
  ] as const)(
    'in %s, %s: a form with errors, then right, by keyboard alone',
    async (language, name, viewport, colorScheme) => {
      page = await product.open(language, { viewport, colorScheme })
      page.setDefaultTimeout(30_000)
      await log().getByText(ask(language, 'service.kind')).last().waitFor()
      await walk(language, 'leader.identity-number')
      const label = (key: string) => brain.dialogs.questions.get(key)?.label[language] ?? ''
      const form = log().getByRole('form').last()
      const field = (key: string) => form.getByRole('textbox', { name: label(key), exact: true })
      const type = async (key: string, text: string) => {
        await field(key).focus()
        await page.keyboard.press('Control+A')
        await page.keyboard.type(text)
      }
      await shot(`${name}-1-form`)
      await type('leader.identity-number', String(HANGZHOU['leader.identity-number']))
      await type('leader.mobile', '1380013')
      await type('leader.phone-2', '0571-88880000')
      await type('leader.emergency-phone', '13900139000')
      await type('leader.email', 'zhang@')
      await page.keyboard.press('Enter')
      await log()
        .getByText(phrase(brain.phrases, language, 'form-wrong', { count: 2 }))
        .waitFor()
      expect(await field('leader.mobile').inputValue()).toBe('1380013')
      expect(await form.getByRole('textbox').count()).toBe(2)
      expect(await violations(page)).toEqual([])
      await form.scrollIntoViewIfNeeded()
      await shot(`${name}-2-errors`)
      await type('leader.mobile', '13800138000')
      await type('leader.email', 'zhang@example.cn')
      await page.keyboard.press('Enter')
      await log().getByText(ask(language, 'site.name'), { exact: true }).last().waitFor()
      await shot(`${name}-3-next`)
      await walk(language, 'application.checked', 'site.name')
      expect(await violations(page)).toEqual([])
      await shot(`${name}-4-check`)
      const change = log()
        .getByRole('button', { name: new RegExp(label('leader.email')), disabled: false })
        .last()
      await change.focus()
      await page.keyboard.press('Enter')
      await log().getByText(ask(language, 'leader.email'), { exact: true }).last().waitFor()
      await page.getByRole('textbox').last().fill('new@example.cn')
      await page.getByRole('textbox').last().press('Enter')
      await log().getByText('new@example.cn').last().waitFor()
      await log().getByText(ask(language, 'application.checked'), { exact: true }).last().waitFor()
      await shot(`${name}-5-again`)
    },
    120_000,
  )
})
