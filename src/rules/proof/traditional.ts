/**
 * Characters of traditional Chinese, found by the old national encodings: what Big5 (Taiwan) has and GB 2312
 * (mainland) lacks. So no list has to be kept; a few rare name characters count as traditional too.
 */
let traditional: ReadonlySet<string> | undefined

/** The traditional characters of a text, each once; empty when there is none. */
export function traditionalIn(text: string): string {
  traditional ??= compute()
  return [...new Set(text)].filter((character) => traditional?.has(character)).join('')
}

function compute(): ReadonlySet<string> {
  const simplified = charactersOf('gb2312', [0xb0, 0xf7], [[0xa1, 0xfe]])
  const big5 = charactersOf('big5', [0xa4, 0xf9], [[0x40, 0x7e], [0xa1, 0xfe]])
  return new Set([...big5].filter((character) => !simplified.has(character)))
}

/** All characters whose two bytes lie in these ranges. */
function charactersOf(encoding: string, [first, last]: readonly [number, number], trails: readonly (readonly [number, number])[]): ReadonlySet<string> {
  const bytes: number[] = []
  for (let lead = first; lead <= last; lead += 1)
    for (const [from, to] of trails) for (let trail = from; trail <= to; trail += 1) bytes.push(lead, trail)
  const text = new TextDecoder(encoding).decode(Uint8Array.from(bytes))
  return new Set([...text].filter((character) => /\p{Script=Han}/u.test(character)))
}
