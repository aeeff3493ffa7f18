import type { Field } from '../interview/schema.ts'
import type { AnswerValue, Answers } from '../rules/answers.ts'
import { withoutWords } from '../rules/values/around.ts'
import { validityLeft } from '../rules/values/dates.ts'
import { tidy } from '../rules/values/tidy.ts'
import { note, refused, type Invalid, type Note } from '../rules/values/validation.ts'
import type { ValueBook } from '../rules/values/value-book.ts'
import { VALIDATORS, type ValueKind } from '../rules/values/validators.ts'
import { readDate } from './dates.ts'
import { fieldContext, identityKind } from './field-context.ts'

export interface FieldContext {
  readonly values: ValueBook
  /** The day the value is judged on, ISO 8601. */
  readonly asOf: string
  /** What is known of the case: other values are compared with it. */
  readonly answers: Answers
}

/** A value in its canonical form with what there is to note about it, or the one thing that is wrong. */
export type FieldReading =
  { readonly ok: true; readonly value: AnswerValue; readonly notes: readonly Note[] } | Invalid

/** In characters. */
export const LONGEST_REMARK = 500
const LONGEST_NAME = 100

/** Reads a typed answer: width, blanks, hyphens and words around it do no harm. Pure; never throws. */
export function readField(question: string, field: Field, text: string, given: FieldContext): FieldReading {
  const one = (kind: ValueKind): FieldReading => {
    const result = VALIDATORS[kind](text, fieldContext(question, field, given))
    return result.ok ? { ok: true, value: result.value, notes: result.notes } : result
  }
  switch (field) {
    case 'date':
      return lastDay(text, given.asOf)
    case 'domains':
      return severalDomains(question, text, given)
    case 'url':
      return homePage(question, text, given)
    case 'remark':
      return plainText(text, LONGEST_REMARK)
    case 'website-name':
      return plainText(unquoted(text, given.values.words.organisationName), LONGEST_NAME)
    case 'certificate-number':
      return certificateNumber(text)
    case 'identity-number':
      return one(identityKind(question, given.answers))
    case 'server-resource':
      return one(given.answers['server.account'] === 'another-account' ? 'service-number' : 'instance-id')
    case 'division':
      return one('district')
    default:
      return one(field)
  }
}

/** The last day of something that is still valid. A month alone is taken as its first day, to be on the safe side. */
function lastDay(text: string, asOf: string): FieldReading {
  const read = readDate(text, asOf)
  if (!read) return refused('date.missing')
  const wholeMonth = /^\d{4}-\d{2}$/.test(read.value)
  const day = wholeMonth ? `${read.value}-01` : read.value
  const left = validityLeft(day, asOf)
  if (!left) return refused('date.missing')
  if (left.expired) return refused('date.past', { date: day })
  return { ok: true, value: day, notes: wholeMonth ? [note('date.month', { date: day })] : [] }
}

/** One domain with words around it, or several with commas, blanks or 和 between them; each has to be one. */
function severalDomains(question: string, text: string, given: FieldContext): FieldReading {
  const context = fieldContext(question, 'domains', given)
  const whole = VALIDATORS.domain(text, context)
  if (whole.ok) return { ok: true, value: [whole.value], notes: whole.notes }
  const parts = (tidy(text) ?? '')
    .split(/[\s,、;]+|和|及|(?<=\s)and(?=\s)/u)
    .filter((part) => /[.。]/u.test(part))
  if (parts.length < 2) return whole
  const read = parts.map((part) => VALIDATORS.domain(part, context))
  const wrong = read.find((result) => !result.ok)
  if (wrong && !wrong.ok) return wrong
  const found = read.flatMap((result) => (result.ok ? [result] : []))
  return {
    ok: true,
    value: [...new Set(found.map(({ value }) => value))],
    notes: found.flatMap(({ notes }) => notes),
  }
}

/** The host under which the site opens; path and protocol are no part of it. */
function homePage(question: string, text: string, given: FieldContext): FieldReading {
  const read = VALIDATORS.domain(text, fieldContext(question, 'url', given))
  return read.ok ? { ok: true, value: read.parts.host, notes: [] } : read
}

/** The number of a certificate nobody gives the shape of: only what cannot be one is refused. */
function certificateNumber(text: string): FieldReading {
  const plain = tidy(text)?.toUpperCase()
  if (plain === undefined) return refused('too-long', { limit: String(LONGEST_NAME) })
  const found = plain.match(/[\dA-Z](?:[\dA-Z()\p{Script=Han}/-]|(?<=\d) (?=\d)){3,59}/gu) ?? []
  const [number, ...others] = found.filter((one) => /\d{3}/.test(one))
  if (others.length > 0) return refused('several')
  return number === undefined
    ? refused('certificate-number.missing')
    : { ok: true, value: number.replaceAll(' ', ''), notes: [] }
}

function unquoted(text: string, leadIns: readonly string[]): string {
  return text.length > LONGEST_REMARK ? text : withoutWords(text.normalize('NFC').trim(), leadIns)
}

function plainText(text: string, limit: number): FieldReading {
  const value = text
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/(?!\u200d)\p{Cf}+/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
  if (!/[\p{L}\p{N}]/u.test(value)) return refused('text.missing')
  if ([...value].length > limit) return refused('too-long', { limit: String(limit) })
  return { ok: true, value, notes: [] }
}
