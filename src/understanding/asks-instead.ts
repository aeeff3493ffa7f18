import type { Field } from '../interview/schema.ts'
import type { FieldReading } from './field.ts'
import type { Lexicon } from './lexicon.ts'
import { bare } from './normalise.ts'
import { isQuestion } from './talk.ts'

/** Fields that take nearly any words, so that a question would pass for an answer. */
const WORDS: readonly Field[] = ['address', 'organisation-name', 'person-name', 'remark', 'website-name']
/** How far a value may be from the length of what was typed and still be all of it. */
const AROUND = 4

/**
 * Whether a text in a field asks something instead of answering. "13800138000?" answers; "什么值得买" may be the
 * name of a site and is taken as one, while a question mark, 吗, or an English question of several words ask.
 */
export function asksInstead(lexicon: Lexicon, field: Field, text: string, reading: FieldReading): boolean {
  if (!isQuestion(lexicon, text)) return false
  const marked = /[?？]\s*$/u.test(text)
  if (!reading.ok) return true
  if (!WORDS.includes(field)) return marked && !isAllOf(text, reading)
  if (marked || /[吗么呢]$/u.test(bare(text))) return true
  if (/\p{Script=Han}/u.test(text)) return field === 'person-name'
  return field !== 'remark' && field !== 'address' && bare(text).split(' ').length >= 4
}

function isAllOf(text: string, { value }: Extract<FieldReading, { ok: true }>): boolean {
  const letters = (one: string) => one.replace(/[^\p{L}\p{N}]/gu, '').length
  return letters(text) <= letters([value].flat().join('')) + AROUND
}
