import { z } from 'zod'
import type { Language, Text } from '../../language.ts'
import { parseFile, readYamlFile, type YamlFile } from '../../rules/read.ts'
import { textSchema } from '../../rules/schema.ts'
import { checkNames, fill } from '../fill.ts'
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
  return buildDossierWords(readYamlFile(folder, 'dossier.yaml', 'dialogs-invalid'))
}

export function buildDossierWords(yaml: YamlFile): DossierWords {
  const words = parseFile(file, yaml, 'dialogs-invalid')
  checkNames('dossier.yaml', words.phrases)
  return words
}

/** Fills a phrase; a value is inserted as it is. */
export function sayDossier(
  { phrases }: DossierWords,
  language: Language,
  id: DossierPhrase,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill(phrases[id][language], values)
}
