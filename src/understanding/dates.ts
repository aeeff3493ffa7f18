import { absoluteDate } from './dates-absolute.ts'
import { relativeDate } from './dates-relative.ts'
import { CAP } from './numbers.ts'
import { recognisers } from './recognisers.ts'

/** A day (`2027-03-01`) or a month (`2027-03`), with the stretch of the text that names it, as typed. */
export interface DateReading {
  readonly value: string
  readonly said: string
}

/** A date found by a pattern: where it stands and what it means; no value where no such day exists. */
export interface DateMatch {
  readonly start: number
  readonly end: number
  readonly value: string | undefined
}

/**
 * The date a text names, seen from a reference day (ISO date). Our own patterns come first, because the recogniser
 * misreads or misses 下个月5号, 月底, 半年后, 二零二六年; it is asked last, about no more than `CAP` characters, and
 * believed only for a plain day. Undefined for spans ("next week") and for days that do not exist.
 */
export function readDate(text: string, reference: string): DateReading | undefined {
  const said = text.slice(0, CAP)
  const even = said
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .toLowerCase()
  const own = relativeDate(even, reference) ?? absoluteDate(even, reference)
  if (own)
    return own.value === undefined ? undefined : { value: own.value, said: said.slice(own.start, own.end) }
  return recognised(said, reference)
}

function recognised(said: string, reference: string): DateReading | undefined {
  if (!/\d/.test(said)) return undefined
  const { Culture, recognizeDateTime } = recognisers()
  const culture = /\p{Script=Han}/u.test(said) ? Culture.Chinese : Culture.English
  const [found, ...others] = recognizeDateTime(said, culture, undefined, new Date(`${reference}T12:00:00`))
  if (!found || others.length > 0 || !found.typeName.endsWith('.date')) return undefined
  const values: unknown = found.resolution?.['values']
  const days = Array.isArray(values) ? values.flatMap((entry: unknown) => dayOf(entry)) : []
  const [day] = days
  return day !== undefined && days.every((other) => other === day)
    ? { value: day, said: said.slice(found.start, found.end + 1) }
    : undefined
}

function dayOf(entry: unknown): readonly string[] {
  const value: unknown =
    typeof entry === 'object' && entry !== null && 'value' in entry ? entry.value : undefined
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? [value] : []
}
