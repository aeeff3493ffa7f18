import { isLatin } from './normalise.ts'
import { isWhole } from './whole.ts'
import type { Words } from './vocabulary.ts'

interface Span {
  readonly start: number
  readonly end: number
}

const BORDER = /[，,。.;；!！?？\n]/

/**
 * The stretches of a text that a "不" or "not" reaches: from the word to the end of its clause, or to a word that
 * starts anew ("不是个人，是公司", "not a company but an individual").
 */
export function deniedSpans(words: Words, said: string, named: readonly Span[] = []): readonly Span[] {
  // "没变" and "no change" are names that hold the word, and deny nothing else.
  const masked = occurrences(words.notDenials, said)
  const denials = occurrences(words.denials, said).filter(
    (denial) =>
      !masked.some((span) => overlap(span, denial)) &&
      !named.some((name) => isOwn(words, said, denial, name)),
  )
  return [...behind(words, said, named), ...denials.map(reachOf)]

  function reachOf(denial: Span): Span {
    const rest = said.slice(denial.end)
    // "没有 第一次" is two clauses, "没有 pending 的" is one.
    if (
      /^\p{Script=Han} \p{Script=Han}/u.test(said.slice(denial.end - 1, denial.end + 2)) ||
      leads(said, denial)
    )
      return { start: denial.end, end: denial.end }
    const border = rest.search(BORDER)
    const clause = border < 0 ? rest : rest.slice(0, border)
    const reset = occurrences(words.resets, clause)
      .filter((span) => !denials.some((other) => overlap(other, shifted(span, denial.end))))
      .at(0)
    // A name may begin inside the word: "在我名下" in "不在我名下".
    return { start: denial.start + 1, end: denial.end + (reset ? reset.start : clause.length) }
  }
}

/**
 * "评论区关着", "comments are off": the clause up to the word; the clause before where it stands alone ("comments? no,
 * switched off"). A name that holds the word ("被取消") says so itself.
 */
function behind(words: Words, said: string, named: readonly Span[]): readonly Span[] {
  return occurrences(words.denialsAfter, said)
    .filter((word) => !named.some((name) => overlap(name, word)))
    .map((word) => {
      const before = said.slice(0, word.start)
      const own = before.split(BORDER).at(-1) ?? ''
      const alone = bareOf(words, own) === ''
      return { start: alone ? 0 : before.length - own.length, end: word.start }
    })
}

/** "No all were cancelled", "no it is ours": an answer of its own in front of a sentence. */
function leads(said: string, { start, end }: Span): boolean {
  return start === 0 && /^no$/.test(said.slice(start, end)) && SENTENCE.test(said.slice(end))
}
const SENTENCE =
  /^ (?:all|both|every\w*|it|it's|they|we|i|he|she|there|our|my|the|this|that|nothing|nobody|none|only|just)\b/

/** What a clause holds besides small words. */
function bareOf(words: Words, clause: string): string {
  let rest = clause
  for (const filler of [...occurrences(words.fillers, clause)].reverse())
    rest = rest.slice(0, filler.start) + rest.slice(filler.end)
  return rest.replace(/[\p{P}\p{S}\s]+/gu, '')
}

/** A denial that is part of the name, or runs into one that denies by itself: "没来得及备案" in "还没来得及备案". */
function isOwn(words: Words, said: string, denial: Span, name: Span): boolean {
  if (name.start <= denial.start && denial.end <= name.end) return true
  if (name.start < denial.start || name.start >= denial.end) return false
  return words.denials.some((word) => startsAt(word, said, name.start))
}

/** Denied an odd number of times: "不是不收费" denies nothing. */
export function isDenied(spans: readonly Span[], { start }: Span): boolean {
  return spans.filter((span) => start >= span.start && start < span.end).length % 2 === 1
}

/** Where any of the words stands, longest first at each place, from left to right. */
export function occurrences(words: readonly string[], said: string): readonly Span[] {
  const found: Span[] = []
  for (let at = 0; at < said.length;) {
    const word = words.find((candidate) => startsAt(candidate, said, at))
    if (word) found.push({ start: at, end: at + word.length })
    at += word ? word.length : 1
  }
  return found
}

export function startsAt(word: string, said: string, at: number): boolean {
  return said.startsWith(word, at) && (!isLatin(word) || isWhole(said, at, at + word.length))
}

export function contains(words: readonly string[], said: string): boolean {
  return words.some((word) => {
    for (let at = said.indexOf(word); at >= 0; at = said.indexOf(word, at + 1))
      if (startsAt(word, said, at)) return true
    return false
  })
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}

function shifted(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by }
}
