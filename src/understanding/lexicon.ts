import { join } from 'node:path'
import { z } from 'zod'
import { LANGUAGES, type Language } from '../language.ts'
import { parseFile, readYamlFolder, type YamlFile } from '../rules/read.ts'
import { AppError } from '../errors.ts'
import { normalise } from './normalise.ts'
import {
  mentionsFile,
  placesFile,
  signsFile,
  synonymsFile,
  wordsFile,
  type Mentions,
  type Places,
  type Signs,
  type Synonyms,
  type Words,
} from './vocabulary.ts'

const words = z.array(z.string().min(1)).min(1)
export const COMMAND_WORDS = [
  'help',
  'back',
  'summary',
  'restart',
  'why',
  'human',
  'pre-check',
  'delete',
  'withdraw',
  'withdraw-identity',
] as const
export type CommandWord = (typeof COMMAND_WORDS)[number]

const lexiconSchema = z.strictObject({
  yes: words,
  no: words,
  unsure: words,
  commands: z.strictObject(
    Object.fromEntries(COMMAND_WORDS.map((name) => [name, words])) as Record<CommandWord, typeof words>,
  ),
  language: z.strictObject(
    Object.fromEntries(LANGUAGES.map((language) => [language, words])) as Record<Language, typeof words>,
  ),
  edit: words,
  separators: words,
})

/** Our own words for yes, no, not sure and commands: tried before any recogniser. */
export interface Lexicon {
  readonly polarity: ReadonlyMap<string, 'yes' | 'no'>
  readonly unsure: ReadonlySet<string>
  readonly commands: ReadonlyMap<string, CommandWord>
  readonly languages: ReadonlyMap<string, Language>
  readonly edit: readonly string[]
  readonly separators: readonly string[]
  /** What surrounds answers, and what is none. */
  readonly words: Words
  /** More names for options than the dialogs list. */
  readonly synonyms: Synonyms
  readonly places: Places
  readonly mentions: Mentions
  readonly signs: Signs
}

/** Reads `dialogs/lexicon.yaml` and `dialogs/understanding/`. Throws AppError `dialogs-invalid`. */
export function loadLexicon(folder: string): Lexicon {
  const files = readYamlFolder(folder, 'dialogs-invalid')
  const file = (path: string): YamlFile => {
    const found = files.find((candidate) => candidate.path === path)
    if (found) return found
    throw new AppError('dialogs-invalid', {
      subject: path,
      detail: `${join(folder, path)} is missing`,
      remedy: 'Restore the file.',
    })
  }
  const part = (name: string) => file(join('understanding', name))
  return {
    ...buildLexicon(file('lexicon.yaml')),
    words: parseFile(wordsFile, part('words.yaml'), 'dialogs-invalid'),
    synonyms: parseFile(synonymsFile, part('synonyms.yaml'), 'dialogs-invalid'),
    places: parseFile(placesFile, part('places.yaml'), 'dialogs-invalid').regions,
    mentions: parseFile(mentionsFile, part('mentions.yaml'), 'dialogs-invalid'),
    signs: parseFile(signsFile, part('signs.yaml'), 'dialogs-invalid'),
  }
}

type Core = Omit<Lexicon, 'words' | 'synonyms' | 'places' | 'mentions' | 'signs'>

export function buildLexicon(file: YamlFile): Core {
  const data = parseFile(lexiconSchema, file, 'dialogs-invalid')
  return {
    polarity: mapOf([...entries(data.yes, 'yes' as const), ...entries(data.no, 'no' as const)], file.path),
    unsure: new Set(data.unsure.map((word) => normalise(word))),
    commands: mapOf(
      COMMAND_WORDS.flatMap((name) => entries(data.commands[name], name)),
      file.path,
    ),
    languages: mapOf(
      LANGUAGES.flatMap((language) => entries(data.language[language], language)),
      file.path,
    ),
    // Longest first, so that "改一下" is not read as "改".
    edit: [...data.edit].sort((a, b) => b.length - a.length),
    separators: data.separators,
  }
}

function entries<T>(list: readonly string[], meaning: T): readonly (readonly [string, T])[] {
  return list.map((word) => [normalise(word) || word, meaning])
}

function mapOf<T>(pairs: readonly (readonly [string, T])[], path: string): ReadonlyMap<string, T> {
  const map = new Map<string, T>()
  for (const [word, meaning] of pairs) {
    const other = map.get(word)
    if (other !== undefined && other !== meaning)
      throw new AppError('dialogs-invalid', {
        subject: word,
        detail: `${path}: "${word}" means two things`,
        remedy: 'Keep the word in one list only.',
      })
    map.set(word, meaning)
  }
  return map
}
