import type { Language } from '../../language.ts'
import { escapeMarkdown } from '../../rendering/compose/context.ts'
import type { Action, Message } from '../../rendering/message.ts'
import { normalise } from '../../understanding/normalise.ts'
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

/** How an applicant is told of a member of staff: by name, never by an id of a platform. Escaped. */
export function shownName(
  words: DeskWords,
  language: Language,
  name: string | undefined,
  user: string | undefined,
): string {
  return name === undefined || name === user ? sayDesk(words, language, 'unnamed') : escapeMarkdown(name)
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

/** What a typed line says where it is the label of a rating, in any language; a number alone may answer anything. */
export function ratingSaid({ phrases }: DeskWords, text: string): number | undefined {
  const typed = normalise(text)
  const said = RATINGS.find((rating) =>
    Object.values(phrases[`rating-${rating}`]).some((label) => normalise(label) === typed),
  )
  return said === undefined ? undefined : Number(said)
}

export function ratingMessage(words: DeskWords, language: Language): Message {
  const actions: readonly Action[] = RATINGS.map((rating) => ({
    label: sayDesk(words, language, `rating-${rating}`),
    payload: { kind: 'command', command: 'rate', argument: rating },
  }))
  return { language, blocks: [{ kind: 'text', text: sayDesk(words, language, 'rating-ask') }], actions }
}
