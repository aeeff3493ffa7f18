import { hanValue } from './han-numbers.ts'
import type { Lexicon } from './lexicon.ts'
import { namedNumber } from './ordinals.ts'

const DAYS = { day: 1, week: 7, month: 30, year: 365 } as const
type Unit = keyof typeof DAYS

const UNITS: Readonly<Record<string, Unit>> = {
  天: 'day',
  周: 'week',
  星期: 'week',
  礼拜: 'week',
  月: 'month',
  年: 'year',
}
const SPAN =
  /(?<![a-z\d])(\d{1,3}|[a-z]+) ?(day|week|month|year)s?(?![a-z])|([\d零一二两俩三四五六七八九十]+) ?个?(天|周|星期|礼拜|月|年)/gu
/** So near a border a span in days or weeks may mean either side. */
const UNSURE_DAYS = 3
/** More, less, or half of what follows: left to the names of the options. */
const ROUGH = /半|多|不到|不足|以上|以下|超过|至少|less|more|over|under|at least|almost|nearly|half|than/

/**
 * The option into whose span of months the one span a text names falls ("5 weeks", "还有8 months"); undefined where it
 * names none or several, is only rough, or falls on a border.
 */
export function readSpan(lexicon: Lexicon, question: string, said: string): string | undefined {
  const bands = lexicon.signs.spans[question]
  if (!bands || ROUGH.test(said)) return undefined
  const [only, ...others] = [...said.matchAll(SPAN)].flatMap((match) => daysOf(match) ?? [])
  if (!only || others.length > 0) return undefined
  const { days, rounded } = only
  const border = rounded ? 0 : UNSURE_DAYS
  return Object.entries(bands).find(
    ([, [from, to]]) =>
      (from === 0 || days >= from * DAYS.month + border) && (to === null || days < to * DAYS.month - border),
  )?.[0]
}

function daysOf(match: RegExpExecArray): { days: number; rounded: boolean } | undefined {
  const [, english, unit, han, counter] = match
  const count = english === undefined ? hanValue(han ?? '') : (namedNumber(english) ?? digits(english))
  const named = unit ?? UNITS[counter ?? '']
  if (count === undefined || !isUnit(named)) return undefined
  return { days: count * DAYS[named], rounded: named === 'month' || named === 'year' }
}

function digits(text: string): number | undefined {
  if (text === 'a' || text === 'an') return 1
  return /^\d+$/.test(text) ? Number(text) : undefined
}

function isUnit(unit: string | undefined): unit is Unit {
  return unit !== undefined && unit in DAYS
}
