import { contains, deniedSpans, isDenied } from './denials.ts'
import type { Lexicon } from './lexicon.ts'
import { patternOf } from './mentions.ts'

/**
 * The options that phrases with gaps speak for where their question is open: "buyers rate the products" tells that
 * visitors can post, though it names no option. A phrase counts only where nothing before it in the clause denies it.
 */
export function readSigns(lexicon: Lexicon, question: string, said: string): readonly string[] {
  const signs = compiled(lexicon).get(question)
  if (!signs) return []
  const found = signs.filter(
    ({ patterns, unless }) =>
      !unless.some((pattern) => pattern.test(said)) &&
      patterns.some((pattern) => {
        const match = pattern.exec(said)
        if (!match) return false
        const [whole, ...gaps] = match
        const span = { start: match.index, end: match.index + whole.length }
        if (isDenied(deniedSpans(lexicon.words, said, [span]), span)) return false
        return !gaps.some((gap: string | undefined) => gap && contains(lexicon.words.denials, gap))
      }),
  )
  return found.map(({ value }) => value)
}

interface Compiled {
  readonly value: string
  readonly patterns: readonly RegExp[]
  readonly unless: readonly RegExp[]
}

const cache = new WeakMap<Lexicon, ReadonlyMap<string, readonly Compiled[]>>()

function compiled(lexicon: Lexicon): ReadonlyMap<string, readonly Compiled[]> {
  const cached = cache.get(lexicon)
  if (cached) return cached
  const { classes, signs, unless } = lexicon.signs
  const pattern = (phrase: string) => new RegExp(patternOf(classes, phrase), 'u')
  const built = new Map(
    Object.entries(signs).map(([question, options]) => [
      question,
      Object.entries(options).map(([value, phrases]) => ({
        value,
        patterns: phrases.map(pattern),
        unless: (unless[question]?.[value] ?? []).map(pattern),
      })),
    ]),
  )
  cache.set(lexicon, built)
  return built
}
