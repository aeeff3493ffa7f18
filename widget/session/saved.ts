import { LANGUAGES, type Language } from '../../src/language.ts'
import { fields, text } from './wire.ts'

/** What the browser keeps between visits: how to come back, never what was said. */
export interface Saved {
  readonly conversationId?: string
  readonly resumeToken?: string
  readonly language?: Language
}

export interface SavedStore {
  read(): Saved
  write(changes: Saved): void
}

/** The part of Web Storage that is used. */
export interface Shelf {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

/** Keeps it in `shelf`; where storage is blocked or full it lasts as long as the page. */
export function savedStore(shelf: Shelf | undefined, key: string): SavedStore {
  let memory: Saved = {}
  const read = (): Saved => {
    try {
      const kept = shelf?.getItem(key)
      return kept ? parse(kept) : memory
    } catch {
      return memory
    }
  }
  return {
    read,
    write(changes) {
      memory = { ...read(), ...changes }
      try {
        shelf?.setItem(key, JSON.stringify(memory))
      } catch {
        // Full or forbidden: the copy in memory serves this page.
      }
    },
  }
}

function parse(json: string): Saved {
  const kept = fields(JSON.parse(json))
  return {
    conversationId: text(kept.conversationId),
    resumeToken: text(kept.resumeToken),
    language: LANGUAGES.find((language) => language === kept.language),
  }
}
