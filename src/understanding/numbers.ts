import { hanValue } from './han-numbers.ts'
import { recognisers } from './recognisers.ts'

/** The recognisers can block for half a minute on long input; nothing longer is ever given to them. */
export const CAP = 200

export interface NumberReading {
  readonly value: number
  /** As typed. */
  readonly said: string
}

/** Words that hold a numeral and mean none: 万一 (in case), 一下 (a moment), 十几 (ten-odd). */
const NO_NUMBER = /万一|一下|一些|一样|一起|一般|一直|一定|统一|唯一|第一|之一|千万别|十几|几十|好几/u

/** The one number a text names, digits or words, or undefined where it names none or several. */
export function readNumber(text: string): NumberReading | undefined {
  const said = text.slice(0, CAP)
  if (NO_NUMBER.test(said)) return undefined
  if (/\p{Script=Han}/u.test(said)) return readHan(said)
  const { Culture, recognizeNumber } = recognisers()
  const found = recognizeNumber(said, Culture.English)
  const [only, ...others] = found
  const value = Number(only?.resolution?.['value'])
  if (!only || others.length > 0 || !Number.isFinite(value)) return undefined
  return { value, said: said.slice(only.start, only.end + 1) }
}

function readHan(said: string): NumberReading | undefined {
  const found = [...said.matchAll(/[\d,.]*\d[十百千万亿]*|[零〇一二两俩三四五六七八九十百千万亿]+/gu)]
  const [only, ...others] = found
  if (!only || others.length > 0) return undefined
  const value = hanValue(only[0])
  return value === undefined ? undefined : { value, said: only[0] }
}
