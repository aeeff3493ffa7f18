import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileCache } from './rules/yaml-cache.ts'
import type { Keep } from './understanding/ask/index.ts'

/**
 * Keeps the built search index in `dist` from one start to the next, as the parsed YAML is kept. It is good for the
 * same facts and words, the same code that cuts texts into tokens, and the same version of the segmenter.
 */
export function keptBuild(root: string): Keep {
  return (from, build) => {
    const cache = fileCache(join(root, 'dist', 'ask-index.json'))
    const key = [process.versions['icu'], ...codeOf('understanding'), ...codeOf('understanding/ask'), from]
    const name = JSON.stringify(key)
    const known = cache.get(name)
    if (known !== undefined) return known
    const built = build()
    cache.set(name, built)
    cache.save()
    return built
  }
}

/** The program's own files, as they run: TypeScript from `src` or JavaScript from `dist`. */
function codeOf(folder: string): readonly string[] {
  const path = join(import.meta.dirname, folder)
  return readdirSync(path)
    .filter((name) => /\.[jt]s$/.test(name))
    .sort()
    .map((name) => readFileSync(join(path, name), 'utf8'))
}
