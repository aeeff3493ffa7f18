import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError } from './usage-error.ts'

export interface Kept {
  /** Folder the paths start from. */
  readonly root: string
  /** Path → content of every generated file. */
  readonly files: ReadonlyMap<string, string>
  /** Folder that holds nothing but generated files: others in it are stale and go. */
  readonly only?: string
  /** Command that writes the files, for the message. */
  readonly command: string
}

/**
 * Writes generated files, or with `check` compares them: throws UsageError that names every file which is missing,
 * out of date or left over. Returns one line on what was done.
 */
export function keep({ root, files, only, command }: Kept, check: boolean): string {
  const changed = [...files]
    .filter(([path, content]) => current(join(root, path)) !== content)
    .map(([path]) => path)
  const stale = only === undefined ? [] : namesIn(join(root, only)).map((name) => `${only}/${name}`)
  const left = stale.filter((path) => !files.has(path))
  if (!check) {
    for (const path of changed) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), files.get(path) ?? '')
    }
    for (const path of left) rmSync(join(root, path))
    return `${files.size} files, ${changed.length} written, ${left.length} removed`
  }
  const wrong = [...changed, ...left]
  if (wrong.length === 0) return `${files.size} files are up to date`
  throw new UsageError(
    `Out of date:\n${wrong.map((path) => `  ${path}`).join('\n')}\nMend: run "${command}" and keep the result.`,
  )
}

function current(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : []
}
