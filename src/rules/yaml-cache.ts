import { createHash } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/**
 * Parsed YAML by the hash of its text: parsing all rules takes seconds, reading them back milliseconds. A changed
 * file has another hash and is parsed anew, so nothing in here is ever out of date.
 */
export interface YamlCache {
  get(text: string): unknown
  set(text: string, content: unknown): void
}

/** Parses each text once in a process. */
export function memoryCache(): YamlCache {
  const known = new Map<string, unknown>()
  return {
    get: (text) => known.get(hash(text)),
    set: (text, content) => void known.set(hash(text), content),
  }
}

/** A cache in a file; a missing or damaged one is an empty one. */
export function fileCache(file: string): YamlCache & { save(): void } {
  const known = load(file)
  const used = new Map<string, unknown>()
  let grown = false
  return {
    get: (text) => {
      const key = hash(text)
      const content = used.get(key) ?? known.get(key)
      if (content !== undefined) used.set(key, content)
      return content
    },
    set: (text, content) => {
      used.set(hash(text), content)
      grown = true
    },
    /** Keeps what was used and drops the rest. Does nothing where the folder cannot be written to. */
    save: () => {
      if (!grown && used.size === known.size) return
      try {
        writeFileSync(`${file}.${process.pid}`, JSON.stringify([...used]))
        renameSync(`${file}.${process.pid}`, file)
      } catch {
        // The next start parses again; nothing else depends on it.
      }
    },
  }
}

function load(file: string): ReadonlyMap<string, unknown> {
  try {
    const entries: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return new Map(Array.isArray(entries) ? entries.filter(isEntry) : [])
  } catch {
    return new Map()
  }
}

function isEntry(entry: unknown): entry is [string, unknown] {
  return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string'
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
