import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { COMPANY, PERSON } from '../support/applicants.ts'
import { brain } from '../support/brain.ts'
import { hasBrowser, violations, WIDER } from '../widget/browser.ts'
import { Walker } from './panel-walker.ts'
import { realProduct } from './real-product.ts'

/** The newest is still to be seen when the window becomes another, and back again: the answer, or the question after it. */
async function staysWhenTurned(page: Page, ask: string): Promise<void> {
  const before = page.viewportSize() ?? { width: 0, height: 0 }
  const log = page.getByRole('log')
  const tops = async () => {
    const boxes = [log.locator('.own').last(), log.getByText(ask).last()].map((one) => one.boundingBox())
    return (await Promise.all(boxes)).map((box) => box?.y ?? -1)
  }
  for (const size of [{ width: 568, height: 480 }, { width: 375, height: 740 }, before]) {
    await page.setViewportSize(size)
    await expect.poll(tops).toSatisfy((all: number[]) => all.some((y) => y > 0 && y < size.height - 100))
  }
}

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
          if (id === 'leader') await staysWhenTurned(page, open.ask[language])
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
