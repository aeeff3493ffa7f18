import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { optionsOf } from '../../src/interview/dialogs.ts'
import type { Step } from '../../src/interview/resolve.ts'
import type { Language } from '../../src/language.ts'
import { UNSURE } from '../../src/rules/answers.ts'
import { resolvedFrom } from '../interview/dossier/support.ts'
import { COMPANY, FOREIGN, PERSON } from '../support/applicants.ts'
import { brain } from '../support/brain.ts'
import { pdfText } from '../support/pdf-text.ts'
import { hasBrowser, violations } from '../widget/browser.ts'
import { realProduct } from './real-product.ts'

const { phrases } = brain.dossier.words

describe.skipIf(!hasBrowser())('from hello to PDF in Chromium', () => {
  const product = realProduct()
  let page: Page

  const log = () => page.getByRole('log')

  async function visit(language: Language): Promise<void> {
    page = await product.open(language, { viewport: { width: 1280, height: 800 }, acceptDownloads: true })
    page.setDefaultTimeout(30_000)
  }

  /** Types every answer in turn, as soon as its question is there. */
  async function answerAll(language: Language, path: readonly Step[]): Promise<void> {
    const box = page.getByRole('textbox', { name: language === 'en' ? 'Your message' : '输入消息' })
    for (const step of path) {
      await log().getByText(step.question.ask[language]).last().waitFor()
      await box.fill(spoken(language, step))
      await page.keyboard.press('Enter')
    }
  }

  it.each([
    ['a Hangzhou company files for the first time', 'zh-CN', COMPANY, '杭州云帆信息技术有限公司'],
    ['a Hangzhou company files for the first time', 'en', COMPANY, '杭州云帆信息技术有限公司'],
    ['a person adds a website filed elsewhere', 'zh-CN', PERSON, '陈晓'],
    ['a person adds a website filed elsewhere', 'en', PERSON, '陈晓'],
    ['a company led by a foreigner changes its provider', 'zh-CN', FOREIGN, '上海赛琳娜贸易有限公司'],
    ['a company led by a foreigner changes its provider', 'en', FOREIGN, '上海赛琳娜贸易有限公司'],
  ] as const)(
    '%s, in %s',
    async (name, language, facts, applicant) => {
      const { path, open } = resolvedFrom(facts)
      expect(open).toBeUndefined()
      await visit(language)
      await answerAll(language, path)

      const link = log().getByRole('link', { name: phrases['file-pdf'][language] })
      await link.waitFor()
      await product.shot(page, `${language}-dossier-${name.split(' ')[1]}`)
      expect(await violations(page)).toEqual([])
      const coming = page.waitForEvent('download')
      await link.click()
      const file = await coming
      expect(file.suggestedFilename()).toMatch(/^icp-\d{4}-\d{2}-\d{2}-dossier\.pdf$/)
      const text = pdfText(await readFile(await file.path())).join('')
      expect(text).toContain(applicant)
      expect(text).toContain('主体负责人')
      expect(text).toContain(phrases['state-checked'][language])
    },
    240_000,
  )
})

function spoken(language: Language, { question, value }: Step): string {
  if (value === UNSURE) return language === 'en' ? 'skip' : '跳过'
  const values = typeof value === 'string' ? [value] : value
  if (question.field !== undefined) return values.join(' ')
  const options = optionsOf(brain.book, question)
  return values
    .map((one) => options.find((option) => option.value === one)?.label[language] ?? one)
    .join(language === 'en' ? ', ' : '、')
}
