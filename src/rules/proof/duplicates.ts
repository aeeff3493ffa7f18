import type { YamlFile } from '../read.ts'
import type { Problem } from './problem.ts'

/** Ids must be unique over all files: facts, conflicts, rows, tables and regions are found by them. */
export function duplicateProblems(files: readonly YamlFile[]): readonly Problem[] {
  const problems: Problem[] = []
  const first = new Map<string, string>()
  const see = (kind: string, id: unknown, file: string) => {
    if (typeof id !== 'string') return
    const key = `${kind} ${id}`
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, file)
    else
      problems.push({
        file,
        place: id,
        problem: `a second ${kind} is called "${id}"; the first stands in ${earlier === file ? 'the same file' : earlier}`,
        remedy: 'Give the newer one an id of its own, or remove it. Ids are permanent: leave the older one as it is.',
      })
  }
  for (const { path, content } of files) {
    if (typeof content !== 'object' || content === null) continue
    const file = `rules/${path}`
    const fields = content as Record<string, unknown>
    if (path.startsWith('decisions/')) see('table', fields['id'], file)
    if (path.startsWith('provinces/')) see('region', fields['province'], file)
    for (const [list, kind] of LISTS)
      if (Array.isArray(fields[list]))
        for (const item of fields[list] as readonly unknown[])
          if (typeof item === 'object' && item !== null && 'id' in item) see(kind, item.id, file)
  }
  return problems
}

const LISTS = [
  ['facts', 'fact'],
  ['conflicts', 'conflict'],
  ['rows', 'row'],
] as const
