import type { Language } from '../../language.ts'
import type { Action, Message } from '../../rendering/message.ts'
import type { DeskPhrase } from './phrase-ids.ts'
import { sayDesk, type DeskWords } from './words.ts'

const RATINGS = ['1', '2', '3', '4', '5'] as const

/** One line to an applicant. What a person wrote must be escaped already. */
export function toldMessage(
  words: DeskWords,
  language: Language,
  phrase: DeskPhrase,
  values: Readonly<Record<string, string | number>> = {},
): Message {
  return {
    language,
    blocks: [{ kind: 'text', tone: 'notice', text: sayDesk(words, language, phrase, values) }],
  }
}

/** What a member of staff says, under the name of who says it. Both escaped. */
export function staffMessage(words: DeskWords, language: Language, name: string, said: string): Message {
  const who = sayDesk(words, language, 'from-staff', { name })
  return {
    language,
    blocks: [
      { kind: 'heading', text: who },
      { kind: 'text', text: said },
    ],
  }
}

export function ratingMessage(words: DeskWords, language: Language): Message {
  const actions: readonly Action[] = RATINGS.map((rating) => ({
    label: sayDesk(words, language, `rating-${rating}`),
    payload: { kind: 'command', command: 'rate', argument: rating },
  }))
  return { language, blocks: [{ kind: 'text', text: sayDesk(words, language, 'rating-ask') }], actions }
}
