import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { AppError, type ErrorCode } from '../errors.ts'
import { memoryCache, type YamlCache } from './yaml-cache.ts'

/** A parsed YAML file with the place it came from, for messages. */
export interface YamlFile {
  readonly path: string
  readonly content: unknown
}

let cache: YamlCache = memoryCache()

/** Replaces the memory of what was parsed before; what it holds depends on the text alone. */
export function useYamlCache(other: YamlCache): void {
  cache = other
}

/** All `.yaml` files below a folder, sorted by path. The only place where rules and dialogs touch the disk. */
export function readYamlFolder(folder: string, code: ErrorCode): readonly YamlFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => readYaml(join(folder, name), relative(folder, join(folder, name)), code))
}

/**
 * One file below a folder.
 * @throws AppError also where it is missing
 */
export function readYamlFile(folder: string, path: string, code: ErrorCode): YamlFile {
  const file = join(folder, path)
  if (existsSync(file)) return readYaml(file, path, code)
  throw missing(file, path, code)
}

/** A file among those already read, by its path. Throws AppError where it is missing. */
export function fileNamed(files: readonly YamlFile[], path: string, code: ErrorCode): YamlFile {
  const file = files.find((candidate) => candidate.path.replaceAll('\\', '/') === path)
  if (file) return file
  throw missing(path, path, code)
}

function missing(shown: string, subject: string, code: ErrorCode): AppError {
  return new AppError(code, { subject, detail: `${shown} is missing`, remedy: 'Restore the file.' })
}

function readYaml(file: string, path: string, code: ErrorCode): YamlFile {
  const text = readFileSync(file, 'utf8')
  const known = cache.get(text)
  if (known !== undefined) return { path, content: known }
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true })
  const [error] = document.errors
  if (error)
    throw new AppError(code, {
      detail: `${path}: ${error.message}`,
      remedy: 'Mend the YAML at the place named: usually a missing quote, a tab, or wrong indentation.',
      subject: path,
    })
  const content = document.toJS() as unknown
  cache.set(text, content)
  return { path, content }
}

/** Parses one file's content; an error names the file, the place inside it and what was expected there. */
export function parseFile<S extends z.ZodType>(schema: S, file: YamlFile, code: ErrorCode): z.output<S> {
  const result = schema.safeParse(file.content)
  if (result.success) return result.data
  const issues = result.error.issues
    .slice(0, 5)
    .map((issue) => `${placeOf(issue.path, file.content)}: ${issue.message}`)
    .join('; ')
  throw new AppError(code, {
    detail: `${file.path}: ${issues}`,
    remedy: 'Add or correct the field named; docs/changing-a-rule.md shows the shape of each file.',
    subject: file.path,
  })
}

/** Names list items by their id where they have one: people look for `first-time`, not for `rows[7]`. */
function placeOf(path: readonly PropertyKey[], content: unknown): string {
  let node: unknown = content
  const parts: string[] = []
  for (const step of path) {
    node = typeof node === 'object' && node !== null ? (node as Record<PropertyKey, unknown>)[step] : undefined
    const id = typeof node === 'object' && node !== null && 'id' in node ? String(node.id) : undefined
    parts.push(id ?? String(step))
  }
  return parts.join(' › ') || 'file'
}
