import type { RuleBook } from '../../rules/rulebook.ts'
import { nearest } from '../closeness.ts'
import type { AskVocabulary } from './vocabulary.ts'

/** Shorter words are too near to too many others. */
const SHORTEST = 5
/** A word that stands in one place only may be a slip itself. */
const OFTEN = 2

const cache = new WeakMap<AskVocabulary, (text: string) => string>()

/**
 * Puts slips in English words right ("verfication" → "verification"): only words that neither the facts nor the
 * vocabulary hold, and only where one known word alone is nearest. Chinese is left as it is: pairs of characters find
 * what one wrong character hides.
 */
export function speller(book: RuleBook, vocabulary: AskVocabulary): (text: string) => string {
  const cached = cache.get(vocabulary)
  if (cached) return cached
  const counts = new Map<string, number>()
  const count = (text: string, weight: number) => {
    for (const [word] of text.toLowerCase().matchAll(WORD)) counts.set(word, (counts.get(word) ?? 0) + weight)
  }
  for (const fact of book.facts.values()) count(`${fact.text.en} ${fact.note?.en ?? ''}`, 1)
  for (const words of [
    ...Object.values(vocabulary.groups),
    ...Object.values(vocabulary.asks),
    ...Object.values(vocabulary.topics),
  ])
    count(words.join(' '), OFTEN)
  for (const { words } of vocabulary.outside) count(words.join(' '), OFTEN)
  count(vocabulary.stop.join(' '), OFTEN)
  const known = new Set([...counts].filter(([, times]) => times >= OFTEN).map(([word]) => word))
  const right = (word: string): string => {
    const low = word.toLowerCase()
    if (low.length < SHORTEST || counts.has(low) || ENDINGS.some((end) => known.has(low.replace(end, ''))))
      return word
    const [only, ...others] = nearest(known, low)
    return only !== undefined && others.length === 0 ? only : word
  }
  const spell = (text: string) => text.replace(WORD, right)
  cache.set(vocabulary, spell)
  return spell
}

const WORD = /[a-z]{4,}/gi
const ENDINGS = [/s$/, /es$/, /ed$/, /d$/, /ing$/, /ly$/]
