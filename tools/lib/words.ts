import { join } from 'node:path'
import { z } from 'zod'
import type { Language, Text } from '../../src/language.ts'
import { parseFile, readYamlFolder } from '../../src/rules/read.ts'

// Not trimmed, unlike the texts of the rules: ": " and ", " keep their space.
const names = z.record(z.string(), z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) }))
const wordsFile = z.strictObject({
  /** What the tools say; {names} are filled in. */
  words: names,
  /** Labels of keys that no question asks and no table decides. */
  keys: names,
  /** Labels of values, as `key=value`. */
  values: names,
})

/** The words of the command-line tools and pictures in one language. Throws for an id that tools/words.yaml lacks. */
export type Say = (id: string, values?: Readonly<Record<string, string | number>>) => string

export interface Words {
  readonly say: (language: Language) => Say
  readonly keys: Readonly<Record<string, Text>>
  readonly values: Readonly<Record<string, Text>>
}

/** Reads `tools/words.yaml`. */
export function loadWords(): Words {
  const folder = join(import.meta.dirname, '..')
  const file = readYamlFolder(folder, 'rules-invalid').find((candidate) => candidate.path === 'words.yaml')
  const content = parseFile(wordsFile, file ?? { path: 'words.yaml', content: undefined }, 'rules-invalid')
  return {
    keys: content.keys,
    values: content.values,
    say:
      (language) =>
      (id, values = {}) => {
        const text = content.words[id]
        if (!text) throw new Error(`tools/words.yaml has no entry "${id}"`)
        return text[language].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
      },
  }
}
