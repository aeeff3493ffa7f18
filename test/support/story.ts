import { optionsOf } from '../../src/interview/dialogs.ts'
import type { Language } from '../../src/language.ts'
import type { Block, Input, Message, Payload } from '../../src/rendering/message.ts'
import { phrase } from '../../src/rendering/phrases.ts'
import { tableOf } from '../../src/rules/rulebook.ts'
import { brain } from './brain.ts'
import type { Talker } from './talker.ts'

/** What is true of the applicant, in no order: the interview asks what it needs. */
export type Facts = Readonly<Record<string, string | readonly string[]>>

/** How the applicant answers: by button, in words, or by the number of the option. */
export type Manner = 'buttons' | 'words' | 'numbers'

export interface Told {
  /** Everything the bot said, oldest first. */
  readonly messages: readonly Message[]
  /** Keys that were asked for. */
  readonly asked: readonly string[]
}

/** A conversation under way, with all that was said. */
export class Story {
  readonly messages: Message[] = []
  readonly asked: string[] = []
  readonly #talker: Talker
  readonly #language: Language
  readonly #manner: Manner

  constructor(talker: Talker, language: Language, manner: Manner) {
    this.#talker = talker
    this.#language = language
    this.#manner = manner
  }

  async begin(): Promise<void> {
    this.messages.push(...(await this.#talker.hello()))
  }

  /** The question the bot waits for. */
  get open(): Input | undefined {
    return this.messages.at(-1)?.input
  }

  async say(text: string): Promise<readonly Message[]> {
    const replies = await this.#talker.text(text)
    this.messages.push(...replies)
    return replies
  }

  async press(payload: Payload, label: string): Promise<readonly Message[]> {
    const replies = await this.#talker.press(payload, label)
    this.messages.push(...replies)
    return replies
  }

  /** Answers whatever is asked from the facts, until nothing is asked any more or `until` is. */
  async answerFrom(facts: Facts, until?: string): Promise<void> {
    for (let turns = 0; turns < 90; turns += 1) {
      const input = this.open
      if (!input || input.question === until) return
      const value = facts[input.question]
      if (value === undefined) throw new Error(`the story has no fact for the question ${input.question}`)
      this.asked.push(input.question)
      await this.answer(input, value)
    }
    throw new Error(`the interview does not end; it asks ${this.open?.question}`)
  }

  async answer(input: Input, value: string | readonly string[]): Promise<void> {
    const said = this.#spoken(input, value)
    if (this.#manner === 'buttons') {
      const { question, version } = input
      await this.press({ kind: 'answer', question, version, answer: value }, said)
    } else await this.say(said)
  }

  /** "change …", by the question's label in the language of the story. */
  async change(key: string): Promise<void> {
    const label = brain.dialogs.questions.get(key)?.label[this.#language] ?? key
    await this.say(this.#language === 'en' ? `change ${label}` : `修改${label}`)
  }

  #spoken(input: Input, value: string | readonly string[]): string {
    const values = typeof value === 'string' ? [value] : value
    if (input.kind === 'text') return value === 'unsure' ? (input.unsure ?? '') : values.join(', ')
    return values
      .map((one) => {
        const at = input.options.findIndex((option) => option.value === one)
        if (at < 0) throw new Error(`${input.question} has no option ${one}`)
        return this.#manner === 'numbers' ? String(at + 1) : (input.options[at]?.label ?? '')
      })
      .join(this.#language === 'en' ? ', ' : '、')
  }
}

export function headings(messages: readonly Message[]): readonly string[] {
  return blocks(messages).flatMap((block) => (block.kind === 'heading' ? [block.text] : []))
}

export function blocks(messages: readonly Message[]): readonly Block[] {
  return messages.flatMap((message) => message.blocks)
}

/** Everything a reader sees, as one text. */
export function wholeText(messages: readonly Message[]): string {
  return JSON.stringify(blocks(messages))
}

/** The heading under which a filing type is told. */
export function resultHeading(language: Language, type: string): string {
  const label = tableOf(brain.book, 'filing-type').results[type]?.label[language]
  if (label === undefined) throw new Error(`no result ${type}`)
  return phrase(brain.phrases, language, 'result-type', { type: label })
}

/** The filing type told last. */
export function lastResult(language: Language, messages: readonly Message[]): string | undefined {
  const told = headings(messages)
  return Object.keys(tableOf(brain.book, 'filing-type').results).findLast(
    (type) => told.lastIndexOf(resultHeading(language, type)) === lastResultAt(language, told),
  )
}

function lastResultAt(language: Language, told: readonly string[]): number {
  const types = Object.keys(tableOf(brain.book, 'filing-type').results)
  return Math.max(0, ...types.map((type) => told.lastIndexOf(resultHeading(language, type))))
}

export function labelOf(language: Language, key: string, value: string): string {
  const question = brain.dialogs.questions.get(key)
  const option = question && optionsOf(brain.book, question).find((candidate) => candidate.value === value)
  if (!option) throw new Error(`${key} has no option ${value}`)
  return option.label[language]
}
