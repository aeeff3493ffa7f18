import { isoDay, isoMonth, partsOf } from './calendar.ts'
import type { DateMatch } from './dates.ts'
import { MONTHS } from './english-dates.ts'
import { hanValue } from './han-numbers.ts'

const HAN = '[\\d零〇一二两三四五六七八九十]'
const NAME = `(${MONTHS.join('|')})[a-z]*\\.?`
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?'

interface Rule {
  readonly pattern: RegExp
  readonly value: (parts: readonly (string | undefined)[], today: string) => string | undefined
}

/** Dates with their numbers; without a year the coming one is meant. */
const RULES: readonly Rule[] = [
  {
    pattern: new RegExp(`(${HAN}{2,4})年\\s*(${HAN}{1,3})月\\s*(?:(${HAN}{1,3})\\s*[日号]?)?`, 'u'),
    value: ([, year, month, day]) => ofParts(fullYear(number(year)), number(month), day),
  },
  {
    pattern: new RegExp(`(\\d{4})年\\s*${NAME}`, 'u'),
    value: ([, year, name]) => isoMonth(number(year), monthOf(name)),
  },
  {
    pattern: /\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/,
    value: ([, y, m, d]) => isoDay(number(y), number(m), number(d)),
  },
  {
    pattern: new RegExp(`(${HAN}{1,3})月\\s*(${HAN}{1,3})\\s*[日号]?`, 'u'),
    value: ([, month, day], today) => coming(number(month), number(day), today),
  },
  {
    pattern: new RegExp(`\\b${DAY} (?:of )?${NAME},? (\\d{4})\\b`),
    value: ([, day, name, year]) => isoDay(number(year), monthOf(name), number(day)),
  },
  {
    pattern: new RegExp(`\\b${NAME} ${DAY},? (\\d{4})\\b`),
    value: ([, name, day, year]) => isoDay(number(year), monthOf(name), number(day)),
  },
  {
    pattern: new RegExp(`\\b${NAME} (\\d{4})\\b`),
    value: ([, name, year]) => isoMonth(number(year), monthOf(name)),
  },
  {
    pattern: new RegExp(`\\b${DAY} (?:of )?${NAME}(?![a-z])`),
    value: ([, day, name], today) => coming(monthOf(name), number(day), today),
  },
  {
    pattern: new RegExp(`\\b${NAME} ${DAY}\\b`),
    value: ([, name, day], today) => coming(monthOf(name), number(day), today),
  },
]

export function absoluteDate(said: string, today: string): DateMatch | undefined {
  for (const { pattern, value } of RULES) {
    const match = pattern.exec(said)
    if (match)
      return { start: match.index, end: match.index + match[0].trimEnd().length, value: value(match, today) }
  }
  return undefined
}

function ofParts(year: number, month: number, day: string | undefined): string | undefined {
  return day === undefined ? isoMonth(year, month) : isoDay(year, month, number(day))
}

/** This year's day, or next year's when it has passed. */
function coming(month: number, day: number, today: string): string | undefined {
  const { year } = partsOf(today)
  const here = isoDay(year, month, day)
  return here !== undefined && here < today ? isoDay(year + 1, month, day) : here
}

function number(text: string | undefined): number {
  return hanValue(text ?? '') ?? 0
}

/** '27年 is 2027. */
function fullYear(year: number): number {
  return year < 100 ? 2000 + year : year
}

function monthOf(name: string | undefined): number {
  return MONTHS.indexOf(name?.slice(0, 3) ?? '') + 1
}
