import { endOfMonth, isoDay, isoMonth, monthAt, partsOf, plusDays, plusMonths, weekday } from './calendar.ts'
import type { DateMatch } from './dates.ts'
import { englishNumber, MONTHS, WEEKDAYS } from './english-dates.ts'
import { hanValue } from './han-numbers.ts'

const HAN = '[\\d零〇一二两俩三四五六七八九十]+'
const EN = '(?:\\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half a|a couple of)'

interface Rule {
  readonly pattern: RegExp
  /** The day or month meant; undefined when there is no such day. */
  readonly value: (parts: readonly string[], today: string) => string | undefined
}

/** Dates told from today. The first rule that fits decides. */
const RULES: readonly Rule[] = [
  {
    pattern: /\bnext\s*(?:周|星期)([一二三四五六日])/u,
    value: ([, day = ''], today) => plusDays(today, 8 - weekday(today) + '一二三四五六日'.indexOf(day)),
  },
  {
    pattern: new RegExp(`(半|${HAN})\\s*(?:个)?\\s*(年|月|星期|礼拜|周|天|日)(?:之后|以后|后)`, 'u'),
    value: ([, count = '', unit = ''], today) =>
      later(today, count === '半' ? 0.5 : (hanValue(count) ?? NaN), unit),
  },
  {
    pattern: new RegExp(`(半|${HAN})\\s*(?:个)?\\s*(年|月|星期|礼拜|周|天|日)(?:多)?(?:之前|以前|前)`, 'u'),
    value: ([, count = '', unit = ''], today) =>
      later(today, -(count === '半' ? 0.5 : (hanValue(count) ?? NaN)), unit),
  },
  {
    pattern: new RegExp(`过(半|${HAN})\\s*(?:个)?\\s*(年|月|星期|礼拜|周|天|日)`, 'u'),
    value: ([, count = '', unit = ''], today) =>
      later(today, count === '半' ? 0.5 : (hanValue(count) ?? NaN), unit),
  },
  {
    pattern: new RegExp(`(明|后|今|本|去)?年?\\s*(${HAN})月(?:份)?底`, 'u'),
    value: ([, which = '', month = ''], today) =>
      endOf(hanValue(month) ?? 0, which === '' ? undefined : yearOf(which, today), today),
  },
  {
    pattern: new RegExp(`\\bend of (${MONTHS.join('|')})[a-z]*\\b(?: (\\d{4}))?`),
    value: ([, name = '', year], today) =>
      endOf(MONTHS.indexOf(name) + 1, year === undefined ? undefined : Number(year), today),
  },
  { pattern: /大后天/u, value: (_, today) => plusDays(today, 3) },
  { pattern: /后天/u, value: (_, today) => plusDays(today, 2) },
  { pattern: /明天|明日/u, value: (_, today) => plusDays(today, 1) },
  { pattern: /今天|今日/u, value: (_, today) => today },
  { pattern: /大前天/u, value: (_, today) => plusDays(today, -3) },
  { pattern: /前天/u, value: (_, today) => plusDays(today, -2) },
  { pattern: /昨天|昨日/u, value: (_, today) => plusDays(today, -1) },
  {
    pattern: /(明|后|今|本|去)?年(?:年)?底/u,
    value: ([, which = ''], today) => isoDay(yearOf(which, today), 12, 31),
  },
  {
    pattern: /(下下|下|上|这|本)?(?:个)?月(?:月)?底/u,
    value: ([, which = ''], today) =>
      endOfMonth(partsOf(today).year, partsOf(today).month + monthShift(which)),
  },
  {
    pattern: new RegExp(`(下下|下|上|这|本)(?:个)?月\\s*(${HAN})\\s*[号日]`, 'u'),
    value: ([, which = '', day = ''], today) => {
      const { year, month } = monthAt(partsOf(today).year, partsOf(today).month + monthShift(which))
      return isoDay(year, month, hanValue(day) ?? 0)
    },
  },
  {
    pattern: new RegExp(`(明|后|今|本|去)年\\s*(${HAN})月(?:\\s*(${HAN})\\s*[号日])?`, 'u'),
    value: ([, which = '', month = '', day], today) => dated(yearOf(which, today), hanValue(month) ?? 0, day),
  },
  {
    pattern: /(下下|下|上|这|本)?(?:个)?\s*(?:周|星期|礼拜)([一二三四五六日天])/u,
    value: ([, which = '', day = ''], today) => {
      const monday = plusDays(today, 1 - weekday(today) + 7 * monthShift(which))
      return plusDays(monday, '一二三四五六'.indexOf(day) < 0 ? 6 : '一二三四五六'.indexOf(day))
    },
  },
  {
    pattern: /下(?:个)?月(?!\s*[初中上下旬\d一二三四五六七八九十])/u,
    value: (_, today) => shiftedMonth(today, 1),
  },
  {
    pattern: new RegExp(`\\b(${EN}) (years?|months?|weeks?|days?) (?:ago|back|before)\\b`),
    value: ([, count = '', unit = ''], today) => later(today, -englishNumber(count), unit),
  },
  {
    pattern: new RegExp(
      `\\b(?:in |within )?(${EN}) (years?|months?|weeks?|days?)(?: from now| from today| later)?\\b(?! ago)`,
    ),
    value: ([, count = '', unit = ''], today) => later(today, englishNumber(count), unit),
  },
  { pattern: /\bthe day after tomorrow\b/, value: (_, today) => plusDays(today, 2) },
  { pattern: /\btomorrow\b/, value: (_, today) => plusDays(today, 1) },
  { pattern: /\btoday\b/, value: (_, today) => today },
  { pattern: /\bthe day before yesterday\b/, value: (_, today) => plusDays(today, -2) },
  { pattern: /\byesterday\b/, value: (_, today) => plusDays(today, -1) },
  {
    pattern: /\b(?:the )?end of (?:the |this )?(next )?month\b/,
    value: ([, next], today) => endOfMonth(partsOf(today).year, partsOf(today).month + (next ? 1 : 0)),
  },
  {
    pattern: /\b(?:the )?end of (?:the |this )?(next )?year\b/,
    value: ([, next], today) => isoDay(partsOf(today).year + (next ? 1 : 0), 12, 31),
  },
  {
    pattern: /\b(\d{1,2})(?:st|nd|rd|th)? of (next|this) month\b/,
    value: ([, day = '', which], today) => {
      const { year, month } = monthAt(partsOf(today).year, partsOf(today).month + (which === 'next' ? 1 : 0))
      return isoDay(year, month, Number(day))
    },
  },
  { pattern: /\bnext month\b/, value: (_, today) => shiftedMonth(today, 1) },
  {
    pattern: new RegExp(`\\b(next|last|this) (${MONTHS.join('|')})[a-z]*\\b`),
    value: ([, which, name = ''], today) => namedMonth(which, name, today),
  },
  {
    pattern: new RegExp(`\\b(next|last|this) (${WEEKDAYS.join('|')})[a-z]*\\b`),
    value: ([, which, name = ''], today) =>
      plusDays(
        today,
        1 - weekday(today) + (which === 'next' ? 7 : which === 'last' ? -7 : 0) + WEEKDAYS.indexOf(name),
      ),
  },
]

export function relativeDate(said: string, today: string): DateMatch | undefined {
  for (const { pattern, value } of RULES) {
    const match = pattern.exec(said)
    if (match) return { start: match.index, end: match.index + match[0].length, value: value(match, today) }
  }
  return undefined
}

/** So much on from today, or back where the count is negative. */
function later(today: string, count: number, unit: string): string | undefined {
  const size = Math.abs(count)
  if (!(size > 0 && size < 1000)) return undefined
  if (/年|year/u.test(unit)) return plusMonths(today, Math.round(count * 12))
  if (/月|month/u.test(unit))
    return size < 1 ? plusDays(today, Math.sign(count) * 15) : plusMonths(today, count)
  if (size < 1) return undefined
  return plusDays(today, /周|星期|礼拜|week/u.test(unit) ? count * 7 : count)
}

/** The last day of a named month, of the coming one where no year is told. */
function endOf(month: number, year: number | undefined, today: string): string | undefined {
  if (month < 1 || month > 12) return undefined
  const now = partsOf(today)
  return endOfMonth(year ?? (month < now.month ? now.year + 1 : now.year), month)
}

function monthShift(which: string): number {
  return which === '下下' ? 2 : which === '下' ? 1 : which === '上' ? -1 : 0
}

function yearOf(which: string, today: string): number {
  return partsOf(today).year + (which === '明' ? 1 : which === '后' ? 2 : which === '去' ? -1 : 0)
}

function dated(year: number, month: number, day: string | undefined): string | undefined {
  return day === undefined ? isoMonth(year, month) : isoDay(year, month, hanValue(day) ?? 0)
}

function shiftedMonth(today: string, by: number): string | undefined {
  const { year, month } = monthAt(partsOf(today).year, partsOf(today).month + by)
  return isoMonth(year, month)
}

/** "next March" is the coming one, "last August" the one gone by. */
function namedMonth(which: string | undefined, name: string, today: string): string | undefined {
  const { year, month: now } = partsOf(today)
  const month = MONTHS.indexOf(name) + 1
  if (which === 'last') return isoMonth(month < now ? year : year - 1, month)
  return isoMonth(which === 'next' && month <= now ? year + 1 : year, month)
}
