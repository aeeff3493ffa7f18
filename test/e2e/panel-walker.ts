import type { Locator, Page } from 'playwright-core'
import type { Language } from '../../src/language.ts'
import type { Question } from '../../src/interview/schema.ts'
import { brain } from '../support/brain.ts'
import { UNSURE } from '../../src/rules/answers.ts'
import { labelOf, type Facts } from '../support/story.ts'

/** Somebody who answers the real product's questions in a browser, from the facts. */
export class Walker {
  readonly #page: Page
  readonly #language: Language
  readonly #facts: Facts

  constructor(page: Page, language: Language, facts: Facts) {
    this.#page = page
    this.#language = language
    this.#facts = facts
  }

  get log(): Locator {
    return this.#page.getByRole('log')
  }

  /** The question that waits for an answer; undefined once all are answered. */
  async open(): Promise<Question | undefined> {
    const { done, 'done-application': checked } = brain.phrases
    const waits = this.log.locator(WAITING).last()
    const said = (phrase: typeof done) => this.log.getByText(phrase[this.#language])
    const told = said(done).or(said(checked)).last()
    await waits.or(told).last().waitFor()
    if ((await waits.count()) === 0) return undefined
    const label = await waits.evaluate(nameOf)
    return this.#question(label)
  }

  #question(name: string): Question {
    const language = this.#language
    const all = [...brain.dialogs.questions.values()]
    const question = all.find(({ ask, label }) => [ask[language], label[language]].includes(name))
    if (!question) throw new Error(`no question asks "${name}"`)
    return question
  }

  #fact({ id }: Question): Facts[string] {
    const value = this.#facts[id]
    if (value === undefined) throw new Error(`there is no fact for ${id}`)
    return value
  }

  /** Types into every field of a form, or ticks that it is left out, and sends it. */
  async #fill(form: Locator): Promise<void> {
    for (const field of await form.locator('.form-field').all()) {
      const label = await field.locator('label').first().innerText()
      const value = this.#fact(this.#question(label))
      if (value === UNSURE) await field.getByRole('checkbox').check()
      else await field.getByRole('textbox').first().fill([value].flat().join(', '))
    }
    await form.locator('button[type=submit]').click()
  }

  /** Answers it, and waits until another question is open or none is. */
  async answer(question: Question): Promise<void> {
    const { id } = question
    const value = this.#fact(question)
    const own = await this.log.locator('.own').count()
    const waits = this.log.locator(WAITING).last()
    const label = (one: string) => labelOf(this.#language, id, one)
    const button = waits.getByRole('button')
    if (await waits.evaluate(isForm)) await this.#fill(waits)
    else if (question.field !== undefined && value !== UNSURE) {
      await waits.getByRole('textbox').first().fill([value].flat().join(', '))
      await waits.locator('button[type=submit]').click()
    } else if (question.field !== undefined) await waits.locator('button:not([type=submit])').last().click()
    else if (typeof value !== 'string') {
      for (const one of value) await waits.getByRole('checkbox', { name: label(one) }).check()
      await button.first().click()
    } else if ((await waits.getByRole('combobox').count()) > 0) {
      await waits.getByRole('combobox').fill(label(value))
      await waits.getByRole('option').first().click()
      await button.first().click()
    } else await button.getByText(label(value), { exact: true }).click({ delay: PRESS_MS })
    await this.log.locator('.own').nth(own).waitFor()
    await this.log
      .locator('.own')
      .last()
      .locator('xpath=following-sibling::*[contains(@class,"bot")]')
      .first()
      .waitFor()
  }

  /** Answers until nothing is asked or `most` questions are answered. */
  async go(most = 60): Promise<void> {
    for (let answered = 0; answered < most; answered += 1) {
      const question = await this.open()
      if (!question) return
      await this.answer(question)
    }
  }
}

/** A press takes its time: nothing may move from under the pointer meanwhile. */
const PRESS_MS = 60

const WAITING = '.options:not(.old), .choices:not(.old), .select:not(.old), .typed:not(.old), .form'

function isForm(input: unknown): boolean {
  return (input as Element).getAttribute('class') === 'form'
}

interface Element {
  readonly textContent: string
  getAttribute(name: string): string | null
  querySelector(selector: string): Element | null
}

/** A question's text is the name of its buttons, list or boxes. */
function nameOf(input: unknown): string {
  const group = input as Element
  const inner = group.querySelector('[role=combobox]') ?? group.querySelector('legend')
  const first = group.querySelector('.form-field > label') ?? group.querySelector('.typed-row [aria-label]')
  if (first) return first.getAttribute('aria-label') ?? first.textContent ?? ''
  return group.getAttribute('aria-label') ?? inner?.getAttribute('aria-label') ?? inner?.textContent ?? ''
}
