import { deniedSpans, isDenied } from './denials.ts'
import { findNames, type Hit, type Names } from './names.ts'
import type { Words } from './vocabulary.ts'

/** Up to so many options, those left after a denial are worth offering. */
const FEW = 3

export interface Named {
  /** Options named and not denied; several where that does not settle it. */
  readonly values: readonly string[]
  readonly hits: readonly Hit[]
  /** Something was named only to be denied. */
  readonly denied: boolean
}

/** Options named inside a text, without those it denies; of few options, denying one names the others. */
export function findNamed(words: Words, names: Names, said: string): Named {
  const hits = findNames(names, said)
  const spans = hits.length > 0 ? deniedSpans(words, said, hits) : []
  const wanted = withoutWeak(
    words,
    names,
    hits.filter((hit) => !isDenied(spans, hit)),
  )
  const unwanted = new Set(hits.filter((hit) => isDenied(spans, hit)).flatMap((hit) => hit.values))
  // "不是江苏，是浙江": named by another word, the option stands.
  const values = settled(wanted)
  const denied = unwanted.size > 0
  if (values.length > 0 || !denied || names.options.length > FEW) return { values, hits, denied }
  return {
    values: names.options.map((option) => option.value).filter((value) => !unwanted.has(value)),
    hits,
    denied,
  }
}

/**
 * "公司" in "日本公司的代表处" and "same" in "same company, new name" count only where nothing else is named; of several
 * choices only where they are part of another name ("佛教文化").
 */
function withoutWeak(words: Words, names: Names, hits: readonly Hit[]): readonly Hit[] {
  const strong = hits.filter((hit) => !words.weak.includes(hit.name))
  if (strong.length === 0) return hits
  return hits.filter(
    (hit) =>
      strong.includes(hit) ||
      (names.several && !strong.some((other) => other.end === hit.start || other.start === hit.end)),
  )
}

/** "Suzhou, Jiangsu": a name for several is settled by another name that fits one of them. */
function settled(hits: readonly Hit[]): readonly string[] {
  const sure = new Set(hits.filter((hit) => hit.values.length === 1).flatMap((hit) => hit.values))
  const open = hits.filter((hit) => hit.values.length > 1 && !hit.values.some((value) => sure.has(value)))
  return [...new Set([...sure, ...open.flatMap((hit) => hit.values)])]
}
