import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { Language, Text } from '../language.ts'
import { parseFile, readYamlFolder, type YamlFile } from '../rules/read.ts'
import { textSchema } from '../rules/schema.ts'
import { PHRASE_IDS, type PhraseId } from './phrase-ids.ts'

export type Phrases = Readonly<Record<PhraseId, Text>>

const phrasesFile = z.strictObject(
  Object.fromEntries(PHRASE_IDS.map((id) => [id, textSchema])) as Record<PhraseId, typeof textSchema>,
)

/** Reads `dialogs/phrases.yaml`. Throws AppError `dialogs-invalid` for one that is missing or unknown. */
export function loadPhrases(folder: string): Phrases {
  const file = readYamlFolder(folder, 'dialogs-invalid').find(
    (candidate) => candidate.path === 'phrases.yaml',
  )
  if (file) return buildPhrases(file)
  throw new AppError('dialogs-invalid', {
    subject: 'phrases.yaml',
    detail: `${join(folder, 'phrases.yaml')} is missing`,
    remedy: 'Restore the file.',
  })
}

export function buildPhrases(file: YamlFile): Phrases {
  const phrases = parseFile(phrasesFile, file, 'dialogs-invalid')
  for (const [id, text] of Object.entries(phrases)) {
    if (placeholders(text['zh-CN']) === placeholders(text.en)) continue
    throw new AppError('dialogs-invalid', {
      subject: id,
      detail: `phrases.yaml: the two languages of "${id}" use different {placeholders}`,
      remedy: 'Use the same {names} in both languages.',
    })
  }
  return phrases
}

/** Fills a phrase's {placeholders}. A value is inserted as it is: escape what came from a person first. */
export function phrase(
  phrases: Phrases,
  language: Language,
  id: PhraseId,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return phrases[id][language].replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  )
}

function placeholders(text: string): string {
  return [...text.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1])
    .sort()
    .join(' ')
}
