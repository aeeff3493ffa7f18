import { z } from 'zod'
import type { Language } from '../../language.ts'
import { checkNames, fill } from '../../rendering/fill.ts'
import { parseFile, readYamlFile, type YamlFile } from '../../rules/read.ts'
import { textSchema } from '../../rules/schema.ts'
import { bare } from '../../understanding/normalise.ts'
import { DESK_PHRASES, type DeskPhrase } from './phrase-ids.ts'

const file = z.strictObject({
  phrases: z.strictObject(
    Object.fromEntries(DESK_PHRASES.map((id) => [id, textSchema])) as Record<DeskPhrase, typeof textSchema>,
  ),
  words: z.strictObject({ back: z.array(z.string().min(1)).min(1) }),
})

/** `dialogs/desk.yaml`. */
export interface DeskWords {
  readonly phrases: z.infer<typeof file>['phrases']
  /** What an applicant says to come back to the bot, evened out. */
  readonly back: ReadonlySet<string>
  /** The same as the bot quotes it, by language: the first that is written in it. */
  readonly backSaid: Readonly<Record<Language, string>>
}

/** Throws AppError `dialogs-invalid` for a missing file, a missing phrase, or placeholders that differ. */
export function loadDeskWords(folder: string): DeskWords {
  return buildDeskWords(readYamlFile(folder, 'desk.yaml', 'dialogs-invalid'))
}

export function buildDeskWords(yaml: YamlFile): DeskWords {
  const { phrases, words } = parseFile(file, yaml, 'dialogs-invalid')
  checkNames('desk.yaml', phrases)
  return {
    phrases,
    back: new Set(words.back.map((word) => bare(word))),
    backSaid: { 'zh-CN': firstOf(words.back, /\p{Script=Han}/u), en: firstOf(words.back, /^[a-z ]+$/i) },
  }
}

export function sayDesk(
  { phrases }: DeskWords,
  language: Language,
  id: DeskPhrase,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill(phrases[id][language], values)
}

function firstOf(words: readonly string[], pattern: RegExp): string {
  return words.find((word) => pattern.test(word)) ?? words[0] ?? ''
}
