import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

export interface Folders {
  readonly root: string
  readonly rules: string
  readonly dialogs: string
  readonly check: boolean
}

/** Options of the tools that generate files: `--check`, and `--root FOLDER` for a copy of the repository. */
export function foldersFrom(argv: readonly string[]): Folders {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { root: { type: 'string' }, check: { type: 'boolean', default: false } },
    })
    const root = values.root ?? join(import.meta.dirname, '..', '..')
    return { root, rules: join(root, 'rules'), dialogs: join(root, 'dialogs'), check: values.check }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : ''}\nOptions: --check, --root FOLDER`, {
      cause: error,
    })
  }
}
