import { contains, occurrences, startsAt } from './denials.ts'
import type { Lexicon } from './lexicon.ts'
import { bare, normalise } from './normalise.ts'
import type { Words } from './vocabulary.ts'

/** Longer than any message typed by hand; pasted text is not read for answers. */
export const TOO_LONG = 1000

export type Talk =
  | { readonly kind: 'empty' | 'emoji' | 'too-long' | 'third-language' | 'insult' | 'instruction' }
  | { readonly kind: 'small-talk'; readonly about: string }
  | { readonly kind: 'question' }
  /** Something else: to be read as a command, a correction or an answer. */
  | { readonly kind: 'other' }

/** What kind of message it is, apart from what it answers. Looks at no more than `TOO_LONG` characters. */
export function classify(lexicon: Lexicon, text: string): Talk {
  if (text.length > TOO_LONG) return { kind: 'too-long' }
  const said = bare(text)
  if (said === '' && !/\p{Extended_Pictographic}/u.test(text)) return { kind: 'empty' }
  if (!/[\p{L}\p{N}]/u.test(said))
    return { kind: /\p{Extended_Pictographic}/u.test(text) ? 'emoji' : 'empty' }
  if (isForeign(lexicon, said)) return { kind: 'third-language' }
  if (contains(lexicon.words.instructions, said)) return { kind: 'instruction' }
  for (const [about, words] of Object.entries(lexicon.words.smallTalk))
    if (words.includes(withoutEmoji(said))) return { kind: 'small-talk', about }
  if (isInsult(lexicon, said)) return { kind: 'insult' }
  return { kind: isQuestion(lexicon, text) ? 'question' : 'other' }
}

/** "It is a website" holds "is a", and asks nothing. */
const STATEMENT = /^(?:it|this|that)(?:'s| is| was)(?!.*\b(?:what|how|why|when|which|who|where|whether)\b)/

/** Asked, not told: a question mark, an asking word, or one at the end. */
export function isQuestion({ words }: Lexicon, text: string): boolean {
  const said = normalise(text)
  const marked = /[?？]\s*$/u.test(said)
  const plain = bare(text)
  if (plain === '') return false
  if (!marked && STATEMENT.test(plain)) return false
  if (asks(words, plain, marked)) return true
  if (
    words.questionEnds.some(
      (word) => plain.length > word.length + 1 && plain.endsWith(word) && /[吗么]/u.test(word),
    )
  )
    return true
  // "浙江？" asks whether that is right, as an answer does; "is it free?" is a question.
  return marked && (plain.length > 8 || /\s.*\s/.test(plain))
}

/** An asking word. "Is the …" asks only where a sentence may begin: "he is the legal representative" tells. */
function asks({ questionWords }: Words, plain: string, marked: boolean): boolean {
  return occurrences(questionWords, plain).some(({ start, end }) => {
    if (marked || !INVERTED.test(plain.slice(start, end))) return true
    return BEGINS.test(plain.slice(0, start))
  })
}
const INVERTED = /^(?:is|are|do|does|can|could|may|must|should|will)\b/
const BEGINS =
  /(?:^|[^a-z\s'] ?|\b(?:and|but|or|so|then|also|hi|hello|hey|please|ok|well|now|what|how|when|where|why|which|who|if|whether|know|ask|wonder) )$/

/** Mostly letters that are neither Han nor basic Latin, or Latin with the words or marks of another language. */
function isForeign({ words }: Lexicon, said: string): boolean {
  const letters = said.match(/\p{L}/gu) ?? []
  const foreign = letters.filter((letter) => !/[\p{Script=Han}a-z]/u.test(letter))
  if (foreign.length * 2 > letters.length) return true
  if (/\p{Script=Han}/u.test(said)) return foreign.some((letter) => KANA_OR_HANGUL.test(letter))
  return foreign.length * 8 > letters.length || contains(words.otherLanguages, said)
}
const KANA_OR_HANGUL = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/** An insult is one when it is most of what is said: "the form is useless for shops" is not. */
function isInsult({ words }: Lexicon, said: string): boolean {
  const found = occurrences(words.insults, said)
  if (found.length === 0) return false
  const rude = found.reduce((sum, span) => sum + span.end - span.start, 0)
  return rude * 3 >= said.replace(/\s/g, '').length || words.address.some((word) => startsAt(word, said, 0))
}

function withoutEmoji(said: string): string {
  return said.replace(/[\p{Extended_Pictographic}\u{1f3fb}-\u{1f3ff}~～]+/gu, '').trim()
}

/** Whether a text begins with one of the words, and what follows it. */
export function after(words: readonly string[], said: string): string | undefined {
  const word = words.find((candidate) => startsAt(candidate, said, 0))
  return word === undefined ? undefined : said.slice(word.length).replace(/^[\s,，.。!！:：、]+/u, '')
}
