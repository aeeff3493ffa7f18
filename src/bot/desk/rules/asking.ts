import type { Language } from '../../../language.ts'
import type { Composing } from '../../../rendering/compose/context.ts'
import type { DeskButton, DeskCard } from '../../../rendering/desk-card.ts'
import type { Block } from '../../../rendering/message.ts'
import type { Store } from '../../../store/port.ts'
import type { Brain } from '../../turn/brain.ts'
import { sayWords, wordFor } from '../command-words.ts'
import type { StaffSaid } from '../handoff-desk.ts'
import type { RuleCommand, RuleDeskWords, RulePhrase } from './words.ts'

/** What one answer of the rule desk is made from. */
export interface Asking {
  readonly brain: Brain
  readonly store: Store
  readonly words: RuleDeskWords
  readonly said: StaffSaid
  /** What stands behind the command. */
  readonly rest: string
  /** Whether the command itself was certain; otherwise it counts only with what fits it. */
  readonly sure: boolean
  readonly language: Language
  readonly on: Composing
  readonly now: Date
  /** ISO date in Asia/Shanghai. */
  readonly asOf: string
}

/** Undefined where what was said turns out to be no such command. */
export type Answering = (asking: Asking) => DeskCard | undefined | Promise<DeskCard | undefined>

export function speak(
  { words, language }: Asking,
  id: RulePhrase,
  values?: Readonly<Record<string, string | number>>,
): string {
  return sayWords(words, language, id, values)
}

/** A command as a button sends it, in the language of the card, so that the answer has it too. */
export function typed({ words, language }: Asking, command: RuleCommand, argument = ''): string {
  return `${wordFor(words.commands[command], language)} ${argument}`.trim()
}

/** Channels show about this many. */
const MOST_BUTTONS = 5

export function card(
  { language }: Asking,
  blocks: readonly Block[],
  buttons: readonly DeskButton[] = [],
): DeskCard {
  return { language, blocks, buttons: buttons.slice(0, MOST_BUTTONS) }
}

export function notice(asking: Asking, text: string, buttons: readonly DeskButton[] = []): DeskCard {
  return card(asking, [{ kind: 'text', tone: 'notice', text }], buttons)
}

/** Buttons that show facts in full. */
export function factButtons(asking: Asking, ids: readonly string[]): readonly DeskButton[] {
  return [...new Set(ids)].map((id) => ({
    label: speak(asking, 'details', { id }),
    command: typed(asking, 'fact', id),
  }))
}

/** A chat is no page: what is longer stands in the fact itself. */
export function short(text: string, most = 180): string {
  const characters = [...text]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

/** All regions by their names, for those who named none there is. */
export function regionList({ brain, on }: Asking): string {
  const names = [...brain.book.provinces.values()].map(({ name }) => name[on.language])
  return names.join(on.language === 'en' ? ', ' : '、')
}
