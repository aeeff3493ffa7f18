import { coresOf } from './cores.ts'
import { contains, startsAt } from './denials.ts'
import type { Lexicon } from './lexicon.ts'
import { bare } from './normalise.ts'

export type Polarity = 'yes' | 'no' | 'unsure'

/** Longer texts say more than yes or no, and are read for what they name. */
const LONGEST_HAN = 16
const LONGEST_WORDS = 8

/**
 * Whether a text as a whole says yes, no or "I don't know", whatever was asked; undefined when it says none of
 * them or more than one. "I have no internet" is none.
 */
export function readPolarity(lexicon: Lexicon, text: string): Polarity | undefined {
  const said = bare(text)
  return said === '' ? undefined : (exactPolarity(lexicon, said) ?? sentencePolarity(lexicon, said))
}

/** By the lists alone, with politeness taken off, or by the first clause where nothing later contradicts it. */
export function exactPolarity(lexicon: Lexicon, said: string): Polarity | undefined {
  const plain = lexicon.unsure.has(said) ? 'unsure' : lexicon.polarity.get(said)
  if (plain) return plain
  // "好的，怎么办理？" and "有没有" ask; only a listed answer as a whole counts there.
  if (contains(lexicon.words.sentences.asks, said)) return undefined
  const whole = listed(lexicon, said)
  if (whole) return whole
  const [first = '', ...rest] = said.split(/[，,。.;；!！\n]+|\s[-–—]\s/).map((part) => part.trim())
  if (rest.length === 0) return lead(lexicon, said)
  const start = listed(lexicon, first)
  if (!start) return undefined
  const later = rest.map((part) => listed(lexicon, part)).find((polarity) => polarity !== undefined)
  return later === undefined || later === start ? start : undefined
}

/** "不 不可以", "没有 第一次弄", "yes there is one": the first word before a space. */
function lead(lexicon: Lexicon, said: string): Polarity | undefined {
  const space = said.indexOf(' ')
  if (space < 0) return undefined
  const [first, rest] = [said.slice(0, space), said.slice(space + 1)]
  const start = listed(lexicon, first)
  if (!start || start === 'unsure') return start
  // In English only a plain yes or no leads a sentence: "not Shanxi" and "right now" do not.
  if (/^[a-z]/.test(first) && !LEADS.test(first)) return undefined
  if (
    /^(no|never)$/.test(first) &&
    rest.split(' ').length > 1 &&
    !/^(it|we|they|i|there|just|not|new)\b/.test(rest)
  )
    return undefined
  const later = listed(lexicon, rest.replace(/^(?:and|or|but) /, ''))
  return later === undefined || later === start ? start : undefined
}
const LEADS = /^(yes|yep|yeah|yup|nope|nah|no|none|nothing|never)$/

function listed(lexicon: Lexicon, said: string): Polarity | undefined {
  for (const core of coresOf(lexicon.words, said)) {
    const plain = core.replace(/(.)\1{2,}/gu, '$1$1')
    for (const form of new Set([core, plain, plain.replace(/(.)\1+$/u, '$1')])) {
      if (lexicon.unsure.has(form)) return 'unsure'
      const polarity = lexicon.polarity.get(form)
      if (polarity) return polarity
    }
  }
  return undefined
}

/** By the shape of a short sentence: "还没有备案过", "they won't". */
export function sentencePolarity(lexicon: Lexicon, said: string): Polarity | undefined {
  const { words } = lexicon
  if (contains(words.unknown, said)) return 'unsure'
  if (contains(words.sentences.asks, said) || saysBoth(lexicon, said)) return undefined
  const polarity = /\p{Script=Han}/u.test(said) ? hanPolarity(lexicon, said) : englishPolarity(said)
  const short = said.length <= LONGEST_HAN || said.split(' ').length <= 4
  return contains(words.hedges, said) && (polarity || short) ? 'unsure' : polarity
}

/** "会，不会", "yes and no". */
function saysBoth(lexicon: Lexicon, said: string): boolean {
  const parts = said
    .split(/[，,。.;；!！\n]+|\s(?:and|or|but)\s|[或但]/u)
    .map((part) => listed(lexicon, part.trim()))
  return parts.includes('yes') && parts.includes('no')
}

function hanPolarity({ words }: Lexicon, said: string): 'yes' | 'no' | undefined {
  const clauses = said.split(/[，,。.;；!！\n]+/).map((clause) => clause.trim())
  // "之前有，现在没了": what holds now decides.
  const first =
    clauses.find((clause) => words.now.some((word) => clause.startsWith(word))) ?? clauses[0] ?? ''
  if (first.length > LONGEST_HAN) return undefined
  let rest = first
  for (let stripped = true; stripped;) {
    const word = words.sentences.adverbs.find(
      (adverb) => rest.startsWith(adverb) && rest.length > adverb.length,
    )
    stripped = word !== undefined
    if (word) rest = rest.slice(word.length).trim()
  }
  if (words.notDenials.some((word) => startsAt(word, rest, 0))) return undefined
  if (/一.{0,2}[都也](?:没|不)/u.test(first)) return 'no'
  const denied = /^(没|不|未|无|否|别|木有)/u.test(rest)
  if (!denied && !words.sentences.positive.some((word) => rest.startsWith(word))) return undefined
  const more = (rest.slice(denied ? 1 : 0).match(/[没不未无否]/gu) ?? []).length
  if (denied) return more === 0 ? 'no' : undefined
  return more === 0 ? 'yes' : undefined
}

const SUBJECT = '(?:it|they|we|i|he|she|there|visitors|users|people|nobody|this|that|you)'
const TAIL =
  '(?: (?:have|has|had|do|done|be|any|anything|one|ones|yet|it|that|this|so|at all|now|right now|currently|either|allow|allowed|need|want|plan to|exist|before|anymore|any more|at the moment))*'
const NO = new RegExp(
  `^${SUBJECT} (?:do|does|did|is|are|was|will|would|can|could|has|have|had|should)(?:n't| not|not)${TAIL}$|^${SUBJECT} (?:won't|can't|cannot)${TAIL}$|^${SUBJECT} (?:have|has|are|is) (?:no|none|nothing)$`,
)
const YES = new RegExp(
  `^${SUBJECT} (?:do|does|did|is|are|was|will|would|can|could|has|have|had|should)(?: already| indeed| certainly| definitely)?${TAIL}$`,
)

function englishPolarity(said: string): 'yes' | 'no' | undefined {
  const plain = said.split(/[,;!.]+/)[0]?.trim() ?? ''
  if (plain.split(' ').length > LONGEST_WORDS) return undefined
  // "There was, but it got approved": what is over says nothing of today.
  if (/\b(?:was|were|had|did|used to)\b/.test(plain) && /\bbut\b/.test(said)) return undefined
  const even = plain.replace(/^(?:yes|no|nope|well|um|sorry|so far|currently|at the moment) /, '')
  if (NO.test(even)) return 'no'
  return YES.test(even) ? 'yes' : undefined
}
