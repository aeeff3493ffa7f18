import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Language } from '../../src/language.ts'
import { phrase } from '../../src/rendering/phrases.ts'
import { brain } from '../support/brain.ts'
import { resultHeading } from '../support/story.ts'
import { hasBrowser } from '../widget/browser.ts'
import { realProduct } from './real-product.ts'

/** What a person says to a question, in words that no button has. Several where they ask in the middle of it. */
type Script = Readonly<Record<string, readonly string[]>>

/** Typed in its turn: a question of the person's own (ends with "?"), or an answer. */
const ZH: Script = {
  'service.kind': ['想给公司做个官网'],
  'server.region': ['备案要花钱吗？', '机器在阿里云的杭州机房'],
  'server.provider': ['你们家的'],
  'entity.kind': ['我们是做五金的有限公司'],
  'entity.province': ['营业执照是苏州工业园区发的'],
  'domain.filing': ['没呢，上周才注册下来'],
  'entity.filing': ['公司也是第一次'],
  'order.open': ['没有正在办的'],
  'website.services': ['审核一般要多久？', '以上没一个沾边，就卖自己的螺丝'],
  'website.commercial': ['网上不收钱，客户打电话来谈'],
  'leader.residency': ['老板是本地人，中国身份证'],
  'leader.is-legal-representative': ['对，法人自己来'],
  'administrator.is-leader': ['不是，网站归技术小王管'],
  'domain.holder': ['在公司名下'],
  'website.interactive': ['不能，只有我们自己发文章'],
}
const EN: Script = {
  'service.kind': ['a corporate website for our firm'],
  'server.region': ['does the filing cost anything?', 'our ECS sits in the Beijing region'],
  'server.provider': ['we rent it from you'],
  'entity.kind': ['a limited liability company that makes screws'],
  'entity.province': ['the licence was issued in Suzhou, Jiangsu'],
  'domain.filing': ['no, just bought it last week'],
  'entity.filing': ['first timer here'],
  'order.open': ["nope, there's nothing open"],
  'website.services': ['how long does the review take?', 'none of that, we only sell screws'],
  'website.commercial': ['customers need not pay anything on the site'],
  'leader.residency': ['he is Chinese with a normal ID card'],
  'leader.is-legal-representative': ['yes he is the legal rep himself'],
  'administrator.is-leader': ['no, our IT guy does it'],
  'domain.holder': ['it is registered to the company'],
  'website.interactive': ["no, visitors can't post anything"],
}
const CORRECTIONS = {
  'zh-CN': '说错了，执照其实是浙江的',
  en: 'sorry, I was wrong, the licence is from Zhejiang',
} as const
/** What comes after the assessment is another matter. */
const FORM = /^(?:application|applicant|order\.ready)/
/** The correction is typed while this question is open. */
const CORRECTED_AT = 'order.open'

describe.skipIf(!hasBrowser())('a whole assessment in one’s own words, without a button', () => {
  const product = realProduct()
  let page: Page

  const log = () => page.getByRole('log')
  const shot = (name: string) => product.shot(page, `own-words-${name}`)

  const said = () => log().innerText()

  /** The question asked last, or undefined where the assessment has ended. */
  function openIn(text: string, language: Language): string | undefined {
    const placed = [...brain.dialogs.questions.values()].map(({ id, ask }) => ({
      id,
      at: text.lastIndexOf(ask[language]),
    }))
    const last = placed.reduce((best, next) => (next.at > best.at ? next : best))
    return text.lastIndexOf(phrase(brain.phrases, language, 'done')) > last.at ? undefined : last.id
  }

  /** Types, and waits until the bot has asked something or ended after it. */
  async function type(language: Language, text: string): Promise<string | undefined> {
    await page.getByRole('textbox').last().fill(text)
    await page.keyboard.press('Enter')
    const asks = [...brain.dialogs.questions.values()].map(({ ask }) => ask[language])
    const ends = [...asks, phrase(brain.phrases, language, 'done')]
    await expect
      .poll(
        async () => {
          const all = await said()
          const after = all.slice(all.lastIndexOf(text) + text.length)
          return all.includes(text) && ends.some((end) => after.includes(end))
        },
        { timeout: 20_000 },
      )
      .toBe(true)
    return openIn(await said(), language)
  }

  /** Answers whatever is asked; gives back which questions were, in their order. */
  async function walk(language: Language, script: Script): Promise<readonly string[]> {
    const asked: string[] = []
    await expect.poll(async () => openIn(await said(), language), { timeout: 20_000 }).toBe('service.kind')
    for (let open: string | undefined = 'service.kind'; open !== undefined && !FORM.test(open);) {
      expect(asked, `“${open}” was asked again after: ${script[open]?.join(' / ')}`).not.toContain(open)
      asked.push(open)
      if (open === CORRECTED_AT) {
        expect(await type(language, CORRECTIONS[language])).toBe(open)
        await shot(`${language}-corrected`)
      }
      let next: string | undefined = open
      for (const words of script[open] ?? []) {
        next = await type(language, words)
        // A question of theirs is answered, and the same question of ours stands again.
        if (!/[?？]$/.test(words)) continue
        expect(next).toBe(open)
        await shot(`${language}-question-at-${open}`)
      }
      open = next
    }
    return asked
  }

  it.each([
    ['zh-CN', ZH],
    ['en', EN],
  ] as const)(
    'in %s: two questions in the middle, one correction, the right result',
    async (language, script) => {
      page = await product.open(language, { viewport: { width: 900, height: 1000 } })
      page.setDefaultTimeout(30_000)
      const asked = await walk(language, script)
      await shot(`${language}-end`)
      expect(asked).toContain('website.services')
      await log()
        .getByRole('heading', { name: resultHeading(language, 'first-time') })
        .waitFor()
      const { name } = brain.book.provinces.get('CN-ZJ')!
      const title = phrase(brain.phrases, language, 'province-title', { name: name[language] })
      expect(await log().getByRole('heading').allInnerTexts()).toContain(title)
      await shot(`${language}-done`)
    },
  )
})
