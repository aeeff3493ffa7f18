import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import type { Language } from '../../src/language.ts'
import { startSlackDesk, type SlackDesk } from '../desk/slack-desk.ts'
import { brain } from '../support/brain.ts'
import { hasBrowser, violations } from '../widget/browser.ts'
import { realProduct } from './real-product.ts'

const SAID = {
  'zh-CN': {
    human: '转人工',
    queued: /已转给人工客服（编号 (\w{5})）/,
    problem: '我的域名在别家备案过，电话 13800138000',
    masked: '我的域名在别家备案过',
    passedOn: '已转给客服。',
    joined: '客服 Li 已接入',
    answer: '没关系，可以接着办。',
    left: 'Li 已把对话交还给助手',
    rating: '5 很好',
    thanks: '谢谢您的评价。',
    label: '网站',
  },
  en: {
    human: 'I want to talk to a person',
    queued: /I have told our staff \(number (\w{5})\)/,
    problem: 'My domain is on a filing elsewhere, call 13800138000',
    masked: 'My domain is on a filing elsewhere',
    passedOn: 'Passed on to our staff.',
    joined: 'Li has joined',
    answer: 'Never mind, we can go on.',
    left: 'Li has handed you back to the assistant',
    rating: '5 very good',
    thanks: 'Thank you for telling us.',
    label: 'A website',
  },
} as const satisfies Record<Language, object>

describe.skipIf(!hasBrowser())('an applicant in Chromium, staff in Slack', () => {
  let desk: SlackDesk
  const product = realProduct(async () => (desk = await startSlackDesk()).app)
  afterAll(() => desk.slack.close())

  const ask = (language: Language, key: string) => brain.dialogs.questions.get(key)?.ask[language] ?? ''
  const type = async (page: Page, text: string) => {
    await page.getByRole('textbox').last().fill(text)
    await page.getByRole('textbox').last().press('Enter')
  }

  it.each(['zh-CN', 'en'] as const)(
    'in %s: a person asked for, talked to, gone; the very question again, answered',
    async (language) => {
      const said = SAID[language]
      await desk.says('U1', 'watch')
      const page = await product.open(language)
      page.setDefaultTimeout(30_000)
      const log = page.getByRole('log')
      await log.getByText(ask(language, 'service.kind')).last().waitFor()

      await type(page, said.human)
      const queued = log.getByText(said.queued)
      await queued.waitFor()
      const id = said.queued.exec((await queued.textContent()) ?? '')?.[1] ?? ''
      const card = await desk.sees(`claim ${id}`)
      await type(page, said.problem)
      await log.getByText(said.passedOn).last().waitFor()
      await desk.presses('U1', `claim ${id}`, card)
      await log.getByText(said.joined).waitFor()
      const claimed = await desk.sees(id, 'release', card.ts)
      expect(JSON.stringify(claimed)).toContain(said.masked)

      await desk.says('U1', said.answer, card.ts)
      await log.getByText(said.answer).waitFor()
      await product.shot(page, `desk-${language}-1-person`)
      // Gone and back again: all of it is there, and the bot says nothing over the person.
      await page.reload()
      await page.getByRole('log').getByText(said.answer).waitFor()

      await desk.says('U1', 'release', card.ts)
      await log.getByText(said.left).waitFor()
      await log.getByRole('button', { name: said.rating }).last().click()
      await log.getByText(said.thanks).waitFor()
      await log.getByText(ask(language, 'service.kind')).last().waitFor()
      expect(await violations(page)).toEqual([])
      await product.shot(page, `desk-${language}-2-back`)
      await page.getByRole('button', { name: said.label, exact: true, disabled: false }).last().click()
      await log.getByText(ask(language, 'server.region')).last().waitFor()
      expect(JSON.stringify(desk.slack.posted)).not.toContain('13800138000')
    },
    120_000,
  )
})
