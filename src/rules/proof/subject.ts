import type { z } from 'zod'
import { AppError } from '../../errors.ts'
import type { YamlFile } from '../read.ts'
import { buildRuleBook, type RuleBook } from '../rulebook.ts'
import { factsFile, keysFile, provinceFile, sourcesFile, tableSchema, topicsFile } from '../schema.ts'
import { duplicateProblems } from './duplicates.ts'
import { shapeProblems, type Parsed } from './files.ts'
import type { Problem } from './problem.ts'
import { textProblems } from './texts.ts'

/** Rules that can be read, with the files they came from: what every further check works on. */
export interface Subject {
  readonly book: RuleBook
  readonly files: readonly YamlFile[]
  /** File of a fact, conflict or table, for messages. */
  readonly fileOf: (id: string) => string
}

/** Reads rules as far as they can be read. Without `subject` the rest cannot be judged before these are mended. */
export function readRules({ files, problems: broken }: Parsed): { subject?: Subject; problems: readonly Problem[] } {
  const words = textProblems(files, 'rules')
  const shapes = shapeProblems(files, 'rules', shapeOf).filter(
    // A missing language is said better by the check of texts.
    (shape) => !words.some((word) => word.file === shape.file && shape.place.startsWith(word.place)),
  )
  const stopping = [...broken, ...shapes, ...duplicateProblems(files)]
  const unread = words.some((word) => word.problem.includes('is missing'))
  const problems = [...stopping, ...words]
  if (stopping.length > 0 || unread) return { problems }
  try {
    const book = buildRuleBook(files)
    return { subject: { book, files, fileOf: filesById(files) }, problems }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const file = `rules/${error.subject ?? ''}`
    return { problems: [...problems, { file, place: 'whole file', problem: error.message, remedy: error.remedy }] }
  }
}

function shapeOf(path: string): z.ZodType | undefined {
  if (path === 'keys.yaml') return keysFile
  if (path === 'topics.yaml') return topicsFile
  if (path === 'sources.yaml') return sourcesFile
  if (path.startsWith('provinces/')) return provinceFile
  if (path.startsWith('national/')) return factsFile
  if (path.startsWith('decisions/')) return tableSchema
  return undefined
}

function filesById(files: readonly YamlFile[]): (id: string) => string {
  const index = new Map<string, string>()
  for (const file of files)
    for (const list of ['facts', 'conflicts', 'rows'])
      for (const id of idsIn(file.content, list)) index.set(id, `rules/${file.path}`)
  for (const file of files) {
    const content = file.content
    if (typeof content !== 'object' || content === null) continue
    for (const name of ['id', 'province'] as const) {
      const id = (content as Record<string, unknown>)[name]
      if (typeof id === 'string') index.set(id, `rules/${file.path}`)
    }
  }
  return (id) => index.get(id) ?? 'rules'
}

/** Ids of the entries of one list of a file, whatever else the file holds. */
export function idsIn(content: unknown, list: string): readonly string[] {
  if (typeof content !== 'object' || content === null) return []
  const items = (content as Record<string, unknown>)[list]
  if (!Array.isArray(items)) return []
  return items.flatMap((item: unknown) =>
    typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string' ? [item.id] : [],
  )
}
