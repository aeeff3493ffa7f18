import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import { parseFile, readYamlFolder, type YamlFile } from '../../rules/read.ts'
import { textSchema } from '../../rules/schema.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import { normalise } from '../normalise.ts'

const list = z.array(z.string().min(1)).min(1)
const PHRASES = [
  'unknown',
  'low',
  'dated',
  'past',
  'near',
  'region',
  'ask-region',
  'ask-kind',
  'ask-topic',
  'changes-region',
  'changes-kind',
  'changes-sources',
] as const
export type AskPhrase = (typeof PHRASES)[number]

const termsFile = z.strictObject({
  groups: z.record(z.string(), list),
  stop: list,
  topics: z.record(z.string(), list),
  intents: z.strictObject({ list, compare: list, history: list, overview: list }),
  inField: list,
  outside: z.array(z.strictObject({ id: z.string(), words: list, reply: textSchema })),
  phrases: z.strictObject(
    Object.fromEntries(PHRASES.map((name) => [name, textSchema])) as Record<AskPhrase, typeof textSchema>,
  ),
})
const asksFile = z.record(z.string(), list)

/** Words for finding facts: how people ask for them, words of one meaning, what is outside the field. */
export interface AskVocabulary extends z.infer<typeof termsFile> {
  /** Fact id → the words people ask for it with. */
  readonly asks: Readonly<Record<string, readonly string[]>>
}

/** Reads `terms.yaml` and `asks.yaml` below `dialogs/understanding/`. Throws AppError `dialogs-invalid`. */
export function loadAskVocabulary(folder: string, book: RuleBook): AskVocabulary {
  const files = readYamlFolder(join(folder, 'understanding'), 'dialogs-invalid')
  const file = (path: string): YamlFile => {
    const found = files.find((candidate) => candidate.path === path)
    if (found) return found
    throw invalid(path, `${path} is missing`, 'Restore the file.')
  }
  const terms = parseFile(termsFile, file('terms.yaml'), 'dialogs-invalid')
  const asks = parseFile(asksFile, file('asks.yaml'), 'dialogs-invalid')
  const stranger = Object.keys(asks).find((id) => !book.facts.has(id))
  if (stranger !== undefined)
    throw invalid(
      stranger,
      `asks.yaml names the fact "${stranger}", which rules/ does not hold`,
      'Correct or remove the id.',
    )
  const topic = Object.keys(terms.topics).find((id) => !book.topics.has(id))
  if (topic !== undefined)
    throw invalid(
      topic,
      `terms.yaml names the topic "${topic}", which rules/topics.yaml lacks`,
      'Correct the name.',
    )
  return { ...terms, asks, stop: terms.stop.map((word) => normalise(word)) }
}

function invalid(subject: string, detail: string, remedy: string): AppError {
  return new AppError('dialogs-invalid', { subject, detail, remedy })
}
