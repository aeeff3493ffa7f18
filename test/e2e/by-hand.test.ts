import { describe, expect, it } from 'vitest'
import { COMPANY, PERSON } from '../support/applicants.ts'
import { brain } from '../support/brain.ts'
import { hasBrowser, violations, WIDER } from '../widget/browser.ts'
import { Walker } from './panel-walker.ts'
import { realProduct } from './real-product.ts'

describe.skipIf(!hasBrowser())('the whole application by buttons, lists and forms alone', () => {
  const product = realProduct()

  it.each([
    ['a company, wide and light', 'zh-CN', COMPANY, 'light', { width: 1280, height: 800 }],
    ['a person, 320 px and dark', 'en', PERSON, 'dark', { width: 320, height: 640 }],
  ] as const)(
    '%s, in %s',
    async (_name, language, facts, colorScheme, viewport) => {
      const page = await product.open(language, { viewport, colorScheme })
      page.setDefaultTimeout(30_000)
      const walker = new Walker(page, language, facts)
      const shown = new Set<string>()
      for (let open = await walker.open(); open; open = await walker.open()) {
        const { id } = brain.dialogs.sections.find(({ questions }) => questions.includes(open)) ?? { id: '' }
        if (!shown.has(id)) {
          shown.add(id)
          await product.shot(page, `by-hand-${language}-${id}`)
          expect(await page.evaluate(WIDER), id).toEqual([])
        }
        await walker.answer(open)
      }
      expect([...shown]).toEqual(brain.dialogs.sections.map(({ id }) => id).filter((id) => shown.has(id)))
      expect(shown.size).toBeGreaterThan(8)
      const link = page.getByRole('link', { name: brain.dossier.words.phrases['file-pdf'][language] })
      await link.last().waitFor()
      expect(await violations(page)).toEqual([])
    },
    240_000,
  )
})
