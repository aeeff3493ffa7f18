const DIGITS: ReadonlyMap<string, number> = new Map(
  [...'零一二三四五六七八九'].map((digit, value) => [digit, value]),
)
const SMALL: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
])
const LARGE: ReadonlyMap<string, number> = new Map([
  ['万', 10_000],
  ['亿', 100_000_000],
])

/** The value of a Chinese numeral (十二, 一百零五, 二零二六, 3万, 1,200), or undefined when it is not well formed. */
export function hanValue(numeral: string): number | undefined {
  const even = numeral.replace(/[两俩]/g, '二').replace(/〇/g, '零')
  if (/^[\d,]*\d(?:\.\d+)?$/.test(even)) return Number(even.replaceAll(',', ''))
  const mixed = /^([\d,]*\d(?:\.\d+)?)([十百千万亿])$/u.exec(even)
  if (mixed) return Number(mixed[1]?.replaceAll(',', '')) * (unit(mixed[2] ?? '') ?? 1)
  // Read digit by digit, as years and telephone numbers are.
  if (/^[零一二三四五六七八九]{2,}$/u.test(even))
    return Number([...even].map((digit) => DIGITS.get(digit)).join(''))
  return positional(even)
}

function positional(even: string): number | undefined {
  let total = 0
  let section = 0
  let digit: number | undefined
  for (const character of even) {
    const value = DIGITS.get(character)
    const small = SMALL.get(character)
    const large = LARGE.get(character)
    if (value !== undefined) digit = value
    else if (small !== undefined) {
      section += (digit ?? 1) * small
      digit = undefined
    } else if (large !== undefined) {
      if (section === 0 && digit === undefined) return undefined
      total += (section + (digit ?? 0)) * large
      section = 0
      digit = undefined
    } else return undefined
  }
  return total + section + (digit ?? 0)
}

function unit(character: string): number | undefined {
  return SMALL.get(character) ?? LARGE.get(character)
}
