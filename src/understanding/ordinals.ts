const HAN_DIGITS = '零一二三四五六七八九'
const ENGLISH = [
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen',
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth',
].map((line) => line.split(' '))

/**
 * The one number a short text consists of ("2", "(3)", "十二", "third", "2nd"), or undefined. Written by hand: the
 * recogniser reads a number into words that hold none (一下, 万一).
 */
export function namedNumber(text: string): number | undefined {
  const said = text.trim().normalize('NFKC').toLowerCase()
  const digits = /^[([]?(\d{1,2})(?:st|nd|rd|th)?[)\].、号]?$/.exec(said)
  if (digits) return Number(digits[1])
  for (const words of ENGLISH) {
    const index = words.indexOf(said)
    if (index > 0) return index
  }
  return /^[零〇一二两俩三四五六七八九十]{1,3}$/.test(said) ? hanNumber(said) : undefined
}

/** "second", "2nd". */
export function isOrdinal(word: string): boolean {
  return /^\d{1,2}(?:st|nd|rd|th)$/.test(word) || (ENGLISH[1]?.indexOf(word) ?? -1) > 0
}

/** Up to 99: 十, 十二, 二十, 二十三. */
function hanNumber(said: string): number | undefined {
  const even = said.replace(/[两俩]/g, '二').replace('〇', '零')
  const parts = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(even)
  if (!parts) return undefined
  const [, tens, ten, ones] = parts
  if (!ten) return tens && !ones ? HAN_DIGITS.indexOf(tens) : undefined
  return (tens ? HAN_DIGITS.indexOf(tens) : 1) * 10 + (ones ? HAN_DIGITS.indexOf(ones) : 0)
}
