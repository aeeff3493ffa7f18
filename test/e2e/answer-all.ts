import type { Page } from 'playwright-core'
import type { Language } from '../../src/language.ts'
import { phrase, type Phrases } from '../../src/rendering/phrases.ts'
import { brain } from '../support/brain.ts'
import { labelOf, type Facts } from '../support/story.ts'

/** Answers what is asked until nothing is, by button, list or check box. */
export async function answerAll(page: Page, language: Language, facts: Facts): Promise<void> {
  const say = (id: keyof Phrases) => phrase(brain.phrases, language, id)
  const log = page.getByRole('log')
  const button = (name: string) => page.getByRole('button', { name, disabled: false, exact: true }).last()
  const done = log.getByText(say('done')).last()
  for (const question of brain.dialogs.questions.values()) {
    const value = facts[question.id]
    const ask = log.getByText(question.ask[language]).last()
    if (value === undefined) continue
    await ask.or(done).first().waitFor()
    if (await done.isVisible()) return
    if (!(await ask.isVisible())) continue
    if (typeof value !== 'string') {
      for (const one of value)
        await page
          .getByRole('checkbox', { name: labelOf(language, question.id, one) })
          .last()
          .check()
      await button(say('send')).click()
    } else if (question.id === 'entity.province') {
      await page
        .getByRole('combobox')
        .last()
        .fill(labelOf(language, question.id, value))
      await page.getByRole('option').first().click()
      await button(say('send')).click()
    } else await button(labelOf(language, question.id, value)).click()
  }
  await done.waitFor()
}
