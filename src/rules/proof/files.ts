import { parseDocument } from 'yaml'
import type { z } from 'zod'
import type { YamlFile } from '../read.ts'
import type { Problem } from './problem.ts'

/** Files as text, by path below their folder. The proof runs on these, so a test can break one in memory. */
export type Texts = ReadonlyMap<string, string>

/** Files that are YAML, and what is wrong with those that are not. */
export interface Parsed {
  readonly files: readonly YamlFile[]
  readonly problems: readonly Problem[]
}

/** Parses every file and reports each that is no YAML, where the product's own loader stops at the first. */
export function parseTexts(texts: Texts, folder: string): Parsed {
  const files: YamlFile[] = []
  const problems: Problem[] = []
  for (const [path, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true })
    for (const error of document.errors.slice(0, 3))
      problems.push({
        file: `${folder}/${path}`,
        place: `line ${error.linePos?.[0].line ?? 1}`,
        problem: `this is not valid YAML: ${error.message.split('\n')[0]}`,
        remedy: 'Mend the line named: usually a missing quote, a tab, wrong indentation, or the same field written twice.',
      })
    if (document.errors.length === 0) files.push({ path, content: document.toJS() as unknown })
  }
  return { files, problems }
}

/** Compares each file with its shape; every field that does not fit is one problem. */
export function shapeProblems(
  files: readonly YamlFile[],
  folder: string,
  shapeOf: (path: string) => z.ZodType | undefined,
): readonly Problem[] {
  return files.flatMap((file) => {
    const result = shapeOf(file.path)?.safeParse(file.content)
    if (!result || result.success) return []
    return result.error.issues.map((issue) => ({
      file: `${folder}/${file.path}`,
      place: placeOf(issue.path, file.content),
      ...said(issue),
    }))
  })
}

/** Names list items by their id where they have one: people look for `first-time`, not for `rows › 7`. */
export function placeOf(path: readonly PropertyKey[], content: unknown): string {
  let node: unknown = content
  const parts: string[] = []
  for (const step of path) {
    node = typeof node === 'object' && node !== null ? (node as Record<PropertyKey, unknown>)[step] : undefined
    parts.push(nameOf(node) ?? (typeof step === 'number' ? `no. ${step + 1}` : String(step)))
  }
  return parts.join(' › ') || 'whole file'
}

function nameOf(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined
  if ('id' in node && typeof node.id === 'string') return node.id
  return 'value' in node && typeof node.value === 'string' ? node.value : undefined
}

function said(issue: z.core.$ZodIssue): Pick<Problem, 'problem' | 'remedy'> {
  const field = String(issue.path.at(-1) ?? 'file')
  if (issue.message.includes('received undefined'))
    return { problem: `the field "${field}" is missing`, remedy: `Add "${field}"; other entries of the file show its shape.` }
  if (issue.code === 'unrecognized_keys')
    return {
      problem: `nobody knows the field ${issue.keys.map((key) => `"${key}"`).join(', ')}`,
      remedy: 'Correct the spelling of the field, or remove it.',
    }
  return {
    problem: `the field "${field}" does not fit: ${issue.message}`,
    remedy: 'Correct the value; docs/changing-a-rule.md shows the shape of each file.',
  }
}
