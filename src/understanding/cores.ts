import { isLatin } from './normalise.ts'
import { startsAt } from './denials.ts'
import type { Words } from './vocabulary.ts'

/** How many ways of taking politeness off are tried; a sentence has few. */
const MOST = 60

/**
 * A text and what is left of it with politeness and doubt taken off from both ends, the least taken off first:
 * "我觉得是个人吧" → …, "个人". Never empty.
 */
export function coresOf(words: Words, said: string): readonly string[] {
  const cores = [said]
  const seen = new Set(cores)
  for (let index = 0; index < cores.length && cores.length < MOST; index += 1) {
    const core = cores[index] ?? ''
    for (const shorter of [...withoutStart(words.before, core), ...withoutEnd(words.after, core)]) {
      if (shorter === '' || seen.has(shorter)) continue
      seen.add(shorter)
      cores.push(shorter)
    }
  }
  return cores
}

function withoutStart(starts: readonly string[], said: string): readonly string[] {
  return starts.filter((word) => startsAt(word, said, 0)).map((word) => trimmed(said.slice(word.length)))
}

function withoutEnd(ends: readonly string[], said: string): readonly string[] {
  return ends
    .filter((word) => said.endsWith(word) && startsAt(word, said, said.length - word.length))
    .filter((word) => !isLatin(word) || said.length > word.length)
    .map((word) => trimmed(said.slice(0, said.length - word.length)))
}

function trimmed(text: string): string {
  return text.replace(/^[\s,，.。、!！~:：]+|[\s,，.。、!！~:：]+$/gu, '')
}
