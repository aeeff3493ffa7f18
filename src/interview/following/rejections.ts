import { z } from 'zod'
import { AppError } from '../../errors.ts'
import { LANGUAGES, type Language, type Text } from '../../language.ts'
import { parseFile, type YamlFile } from '../../rules/read.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import { textSchema, type Confidence } from '../../rules/schema.ts'

const phrase = z.string().min(2)
/** A phrase of the reviewer, or several that stand together in one sentence; a leading `!` must be absent. */
const pattern = z.union([phrase, z.array(z.string().min(1)).min(1)])

const entry = z.strictObject({
  /** The fact that explains it: its text says what is meant, why, and after the mark what to do. */
  fact: z.string().min(1),
  title: textSchema,
  says: z.array(pattern).min(1),
  /** Answer keys to look at again; none where the mending happens outside the form. */
  keys: z.array(z.string().min(1)),
})
/** `rules/rejections.yaml`. */
export const rejectionsFile = z.strictObject({
  fixMarks: textSchema,
  rejections: z.array(entry).min(1),
})

/** A reason for which reviewers return an order. */
export interface Rejection {
  readonly id: string
  readonly title: Text
  readonly says: readonly (readonly string[])[]
  readonly keys: readonly string[]
  readonly explanation: Text
  readonly fix: Text
  readonly sources: readonly string[]
  readonly confidence: Confidence
}

/** @throws AppError `rules-invalid` for a fact that is missing, explained twice or without a fix */
export function buildRejections(file: YamlFile, book: RuleBook): readonly Rejection[] {
  const { fixMarks, rejections } = parseFile(rejectionsFile, file, 'rules-invalid')
  const seen = new Set<string>()
  return rejections.map(({ fact: id, title, says, keys }) => {
    const fact = book.facts.get(id)
    if (!fact) throw invalid(file.path, id, 'is no fact')
    if (seen.has(id)) throw invalid(file.path, id, 'stands twice')
    seen.add(id)
    const parts = LANGUAGES.map(
      (language) => [language, cut(fact.text[language], fixMarks[language])] as const,
    )
    if (parts.some(([, part]) => part === undefined)) throw invalid(file.path, id, 'does not say what to do')
    const pick = (at: 0 | 1) =>
      Object.fromEntries(parts.map(([language, part]) => [language, part?.[at] ?? ''])) as Record<
        Language,
        string
      >
    return {
      id,
      title,
      says: says.map((one) => (typeof one === 'string' ? [one] : one)),
      keys,
      explanation: pick(0),
      fix: pick(1),
      sources: fact.sources,
      confidence: fact.confidence,
    }
  })
}

function cut(text: string, mark: string): readonly [string, string] | undefined {
  const at = text.indexOf(mark)
  return at < 0 ? undefined : [text.slice(0, at).trim(), capital(text.slice(at + mark.length).trim())]
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function invalid(path: string, id: string, what: string): AppError {
  return new AppError('rules-invalid', {
    subject: id,
    detail: `${path}: "${id}" ${what}`,
    remedy:
      'Name each fact of rules/national/reject.yaml once; its text says what to do after the mark of its language.',
  })
}
