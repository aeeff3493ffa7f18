import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Language } from '../../src/language.ts'
import { APPLICANTS, FILINGS, SITES } from '../stories/cases.ts'
import { brain } from '../support/brain.ts'
import type { Desk } from '../support/desks/desk.ts'
import { dingtalkDesk } from '../support/desks/dingtalk.ts'
import { feishuDesk } from '../support/desks/feishu.ts'
import { slackDesk } from '../support/desks/slack.ts'
import { wecomAppDesk, wecomBotDesk } from '../support/desks/wecom.ts'
import { resultHeading, type Facts } from '../support/story.ts'
import { hasBrowser, violations } from '../widget/browser.ts'
import { answerAll } from './answer-all.ts'
import { realProduct } from './real-product.ts'

const FACTS: Facts = { ...FILINGS['first-time'], ...APPLICANTS['company'], ...SITES['news'] }

const SAID = {
  'zh-CN': {
    human: '转人工',
    queued: /已转给人工客服（编号 (\w{5})）/,
    problem: '我的域名在别家备案过，电话 13800138000',
    masked: '我的域名在别家备案过',
    passedOn: '已转给客服。',
    joined: (name: string) => `客服 ${name} 已接入`,
    answer: '没关系，可以接着办。',
    left: (name: string) => `${name} 已把对话交还给助手`,
    rating: '5 很好',
    thanks: '谢谢您的评价。',
  },
  en: {
    human: 'I want to talk to a person',
    queued: /I have told our staff \(number (\w{5})\)/,
    problem: 'My domain is on a filing elsewhere, call 13800138000',
    masked: 'My domain is on a filing elsewhere',
    passedOn: 'Passed on to our staff.',
    joined: (name: string) => `${name} has joined`,
    answer: 'Never mind, we can go on.',
    left: (name: string) => `${name} has handed you back to the assistant`,
    rating: '5 very good',
    thanks: 'Thank you for telling us.',
  },
} as const satisfies Record<Language, object>

/** Each with the languages applicants use there. */
const DESKS = [
  { name: 'Slack', start: slackDesk, languages: ['en', 'zh-CN'] },
  { name: 'DingTalk', start: dingtalkDesk, languages: ['zh-CN', 'en'] },
  { name: 'WeCom (bot)', start: wecomBotDesk, languages: ['zh-CN'] },
  { name: 'WeCom (app)', start: wecomAppDesk, languages: ['zh-CN'] },
  { name: 'Feishu', start: feishuDesk, languages: ['zh-CN'] },
] as const satisfies readonly { name: string; start: () => Promise<Desk>; languages: readonly Language[] }[]

describe.skipIf(!hasBrowser()).each(DESKS)('an applicant in Chromium, staff in $name', (one) => {
  let desk: Desk
  // The desk ends with its app.
  const product = realProduct(async () => {
    desk = await one.start()
    return { ...desk.app, end: () => desk.end() }
  })

  const ask = (language: Language, key: string) => brain.dialogs.questions.get(key)?.ask[language] ?? ''
  const type = async (page: Page, text: string) => {
    await page.getByRole('textbox').last().fill(text)
    await page.getByRole('textbox').last().press('Enter')
  }

  it.each(one.languages)(
    'in %s: a person asked for, talked to, gone; the very question again, and on to the end',
    async (language) => {
      const said = SAID[language]
      await desk.watch()
      const page = await product.open(language)
      page.setDefaultTimeout(30_000)
      const log = page.getByRole('log')
      await log.getByText(ask(language, 'service.kind')).last().waitFor()

      await type(page, said.human)
      const queued = log.getByText(said.queued)
      await queued.waitFor()
      const id = said.queued.exec((await queued.textContent()) ?? '')?.[1] ?? ''
      await desk.sees(id)
      await type(page, said.problem)
      await log.getByText(said.passedOn).last().waitFor()
      await desk.presses(`claim ${id}`)
      await log.getByText(said.joined(desk.name)).waitFor()
      await desk.sees(said.masked)

      await desk.says(said.answer)
      await log.getByText(said.answer).waitFor()
      if (one.name === 'Slack') await product.shot(page, `desk-${language}-1-person`)
      // Gone and back again: all of it is there, and the bot says nothing over the person.
      await page.reload()
      await page.getByRole('log').getByText(said.answer).waitFor()

      await desk.says('release')
      await log.getByText(said.left(desk.name)).waitFor()
      await log.getByRole('button', { name: said.rating }).last().click()
      await log.getByText(said.thanks).waitFor()
      await log.getByText(ask(language, 'service.kind')).last().waitFor()
      expect(await violations(page)).toEqual([])
      if (one.name === 'Slack') await product.shot(page, `desk-${language}-2-back`)

      await answerAll(page, language, FACTS)
      await log.getByRole('heading', { name: resultHeading(language, 'first-time') }).waitFor()
      expect(desk.all()).not.toContain('13800138000')
    },
    120_000,
  )
})
