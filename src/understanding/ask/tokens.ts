import { contains } from '../denials.ts'
import { normalise } from '../normalise.ts'
import type { AskVocabulary } from './vocabulary.ts'

/** Questions are short; what is behind this many characters is not read. */
export const QUESTION_CAP = 300
/** A fact with its notes is a page at most. */
const DOCUMENT_CAP = 4000

const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' })

export interface Tokens {
  /** Words that carry meaning, each with the groups of meaning it belongs to. */
  readonly words: readonly string[]
  /** Pairs of neighbouring characters: they find what the segmenter cuts in another place. */
  readonly pairs: readonly string[]
  /** Groups of meaning named, as `§sms`. */
  readonly groups: readonly string[]
}

export type Tokenise = (text: string) => Tokens

/** A tokeniser for one vocabulary, for questions and facts alike. */
export function tokeniser(vocabulary: AskVocabulary): Tokenise {
  const stop = new Set(vocabulary.stop)
  const groups = Object.entries(vocabulary.groups).map(
    ([id, words]) => [`§${id}`, words.map((word) => normalise(word))] as const,
  )
  return (text) => {
    const said = normalise(text, DOCUMENT_CAP)
    const words: string[] = []
    for (const { segment, isWordLike } of segmenter.segment(said)) {
      if (!isWordLike || stop.has(segment)) continue
      words.push(/\p{Script=Han}/u.test(segment) ? segment : stem(segment))
    }
    const pairs = (said.match(/\p{Script=Han}{2,}/gu) ?? []).flatMap((run) =>
      Array.from({ length: run.length - 1 }, (_, index) => run.slice(index, index + 2)),
    )
    return {
      words: words.filter((word) => !stop.has(word)),
      pairs: pairs.filter((pair) => !stop.has(pair)),
      groups: groups.filter(([, members]) => contains(members, said)).map(([id]) => id),
    }
  }
}

/** All tokens as one list; a question names each once. */
export function flat({ words, pairs, groups }: Tokens): readonly string[] {
  return [...words, ...pairs, ...groups]
}

/** Crude, and the same on both sides: "filings" and "filed" need only meet, not be words. */
export function stem(word: string): string {
  if (word.length < 5 || /\d/.test(word)) return word
  return word.replace(/(?:ations?|ing|ies|ied|ed|es|s|e|y)$/, '')
}
