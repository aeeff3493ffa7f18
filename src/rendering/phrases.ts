import { z } from 'zod'
import type { Language, Text } from '../language.ts'
import { parseFile, readYamlFile, type YamlFile } from '../rules/read.ts'
import { textSchema } from '../rules/schema.ts'
import { checkNames, fill } from './fill.ts'
import { PHRASE_IDS, type PhraseId } from './phrase-ids.ts'

export type Phrases = Readonly<Record<PhraseId, Text>>

const phrasesFile = z.strictObject(
  Object.fromEntries(PHRASE_IDS.map((id) => [id, textSchema])) as Record<PhraseId, typeof textSchema>,
)

/** Reads `dialogs/phrases.yaml`. Throws AppError `dialogs-invalid` for one that is missing or unknown. */
export function loadPhrases(folder: string): Phrases {
  return buildPhrases(readYamlFile(folder, 'phrases.yaml', 'dialogs-invalid'))
}

export function buildPhrases(file: YamlFile): Phrases {
  const phrases = parseFile(phrasesFile, file, 'dialogs-invalid')
  checkNames('phrases.yaml', phrases)
  return phrases
}

/** Fills a phrase's {placeholders}. A value is inserted as it is: escape what came from a person first. */
export function phrase(
  phrases: Phrases,
  language: Language,
  id: PhraseId,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill(phrases[id][language], values)
}
