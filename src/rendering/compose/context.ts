import type { Dialogs } from '../../interview/dialogs.ts'
import { optionsOf } from '../../interview/dialogs.ts'
import { isField } from '../../interview/open-fields.ts'
import type { PreCheckKit } from '../../interview/pre-check/kit.ts'
import type { Question } from '../../interview/schema.ts'
import type { Language } from '../../language.ts'
import { UNSURE, type AnswerValue } from '../../rules/answers.ts'
import type { Quoted } from '../../rules/assess/statement.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Confidence } from '../../rules/schema.ts'
import type { ValueBook } from '../../rules/values/value-book.ts'
import type { Action, CommandName, SourceLine } from '../message.ts'
import { phrase, type Phrases } from '../phrases.ts'
import type { PhraseId } from '../phrase-ids.ts'
import { typedText } from './typed-answer.ts'

/** What composing needs to know: the words, the rules, and the reader's language. */
export interface Composing {
  readonly book: RuleBook
  readonly dialogs: Dialogs
  readonly phrases: Phrases
  readonly language: Language
  /** What typed answers are checked with and shown by. */
  readonly values?: ValueBook
  /** What the pre-check works with. */
  readonly preCheck?: PreCheckKit
  /** What was typed for open questions and not taken, by question. */
  readonly typed?: Readonly<Record<string, string>>
}

export function say(on: Composing, id: PhraseId, values?: Readonly<Record<string, string | number>>): string {
  return phrase(on.phrases, on.language, id, values)
}

export function command(on: Composing, label: PhraseId, name: CommandName, argument?: string): Action {
  return {
    label: say(on, label),
    payload:
      argument === undefined
        ? { kind: 'command', command: name }
        : { kind: 'command', command: name, argument },
  }
}

/** An answer as a person reads it: labels, not values. */
export function answerLabel(on: Composing, question: Question, value: AnswerValue): string {
  const values = typeof value === 'string' ? [value] : value
  if (isField(question)) {
    if (value === UNSURE) return say(on, 'not-filled')
    return listed(
      on,
      values.map((one) => escapeMarkdown(typedText(question, one, on.values))),
    )
  }
  const options = optionsOf(on.book, question)
  const labels = values.map((one) => {
    if (one === UNSURE) return say(on, 'unsure-option')
    return options.find((option) => option.value === one)?.label[on.language] ?? one
  })
  return listed(on, labels)
}

/** "a, b and c", as the language does it. */
export function listed({ language }: Composing, parts: readonly string[]): string {
  return LISTS[language].format(parts)
}

const LISTS: Readonly<Record<Language, Intl.ListFormat>> = {
  'zh-CN': new Intl.ListFormat('zh-CN', { type: 'conjunction' }),
  en: new Intl.ListFormat('en', { type: 'conjunction' }),
}

/** What a person typed, so that none of it acts as markup. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&').replace(/\s+/g, ' ')
}

export function sourceLines(sources: readonly Quoted[]): readonly SourceLine[] {
  return sources.map((source) => {
    const known = lines.get(source)
    if (known) return known
    const line = sourceLine(source)
    lines.set(source, line)
    return line
  })
}
/** Every list quotes the same few sources. */
const lines = new WeakMap<Quoted, SourceLine>()

function sourceLine({ publisher, title, date, address }: Quoted): SourceLine {
  const label = `${publisher}, ${title}, ${date}`
  const url = address && /^https?:\/\/\S+$/.test(address) ? address : undefined
  return url === undefined ? { label } : { label, url }
}

export function confidenceNote(on: Composing, confidence: Confidence): { confidence?: string } {
  if (confidence === 'high') return {}
  return { confidence: say(on, confidence === 'medium' ? 'confidence-medium' : 'confidence-low') }
}
