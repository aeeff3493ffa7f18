/** A website name in the forms that the checks look at. */
export interface PlainName {
  /** As typed. */
  readonly typed: string
  /** Full width, letter case and invisible characters evened out; spaces and signs kept. */
  readonly shown: string
  /** As `shown` but simplified and without anything between the characters: a word cannot hide in it. */
  readonly bare: string
}

const LONGEST = 200
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Mn}\u2800\u3164\uffa0]/gu

/** Names are cut at 200 characters: none is longer, and nothing behind that can be made slow. */
export function plainName(name: string, variants: ReadonlyMap<string, string>): PlainName {
  const typed = name.slice(0, LONGEST)
  const shown = typed.normalize('NFKC').replace(INVISIBLE, '').toLowerCase().trim()
  const simplified = [...shown].map((character) => variants.get(character) ?? character).join('')
  return { typed, shown, bare: simplified.replace(/[^\p{L}\p{N}]/gu, '') }
}

export function hasInvisible(name: string): boolean {
  return name.search(INVISIBLE) >= 0
}

export function hanCount(text: string): number {
  return [...text].filter((character) => /\p{Script=Han}/u.test(character)).length
}
