import { Culture, recognizeNumber, recognizeOrdinal } from '@microsoft/recognizers-text-suite'

/** Longer text is no answer to "which one?"; it also keeps the recognisers far from inputs that block them. */
const LIMIT = 24

/** The one number a short text names ("2", "第三个", "the second one", "两"), or undefined. */
export function namedNumber(text: string): number | undefined {
  const trimmed = text.trim()
  if (/^[(（[]?\d{1,2}[)）\].、号]?$/.test(trimmed)) return Number(trimmed.replace(/\D/g, ''))
  if (trimmed.length > LIMIT) return undefined
  const culture = /\p{Script=Han}/u.test(trimmed) ? Culture.Chinese : Culture.English
  const found = [...recognizeOrdinal(trimmed, culture), ...recognizeNumber(trimmed, culture)].map((result) =>
    Number(result.resolution?.['value']),
  )
  const [first] = found
  if (first === undefined || !Number.isInteger(first) || found.some((value) => value !== first))
    return undefined
  return first
}

/** First calls compile patterns for 100 ms and more; at start-up nobody waits for it. */
export function warmUp(): void {
  namedNumber('第一个')
  namedNumber('the first one')
}
