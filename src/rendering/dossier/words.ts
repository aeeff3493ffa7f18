import { z } from 'zod'
import { AppError } from '../../errors.ts'
import type { Language, Text } from '../../language.ts'
import { parseFile, readYamlFolder, type YamlFile } from '../../rules/read.ts'
import { textSchema } from '../../rules/schema.ts'
import { DOSSIER_PHRASES, type DossierPhrase } from './phrase-ids.ts'

const file = z.strictObject({
  /** How people ask for the files, as a whole message. */
  asks: z.array(z.string().min(1)).min(1),
  phrases: z.strictObject(
    Object.fromEntries(DOSSIER_PHRASES.map((id) => [id, textSchema])) as Record<
      DossierPhrase,
      typeof textSchema
    >,
  ),
})

/** `dialogs/dossier.yaml`. */
export interface DossierWords {
  readonly asks: readonly string[]
  readonly phrases: Readonly<Record<DossierPhrase, Text>>
}

/** Throws AppError `dialogs-invalid` for a missing file, or a phrase that is missing or unknown. */
export function loadDossierWords(folder: string): DossierWords {
  const found = readYamlFolder(folder, 'dialogs-invalid').find(({ path }) => path === 'dossier.yaml')
  if (found) return buildDossierWords(found)
  throw new AppError('dialogs-invalid', {
    subject: 'dossier.yaml',
    detail: 'dialogs/dossier.yaml is missing',
    remedy: 'Restore the file.',
  })
}

export function buildDossierWords(yaml: YamlFile): DossierWords {
  const words = parseFile(file, yaml, 'dialogs-invalid')
  for (const [id, text] of Object.entries(words.phrases))
    if (names(text['zh-CN']) !== names(text.en))
      throw new AppError('dialogs-invalid', {
        subject: id,
        detail: `dossier.yaml: the two languages of "${id}" use different {placeholders}`,
        remedy: 'Use the same {names} in both languages.',
      })
  return words
}

/** Fills a phrase; a value is inserted as it is. */
export function sayDossier(
  { phrases }: DossierWords,
  language: Language,
  id: DossierPhrase,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return phrases[id][language].replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  )
}

function names(text: string): string {
  return [...text.matchAll(/\{(\w+)\}/g)]
    .map(([name]) => name)
    .sort()
    .join(' ')
}
