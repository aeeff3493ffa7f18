/** Shorter ones would hide half of every sentence. */
const SHORTEST = 2
const LONGEST = 300
/** More at once than any case has; keeps the pattern small whatever is handed in. */
const MOST = 200

/** A pattern for values that are known to be personal, in any width, case and spacing; undefined without any. */
export function knownPattern(values: Iterable<string>): RegExp | undefined {
  const sources = new Set<string>()
  for (const value of values) {
    if (sources.size >= MOST) break
    const source = sourceOf(value)
    if (source !== undefined) sources.add(source)
  }
  if (sources.size === 0) return undefined
  // The longest first: a name inside an address must not leave the rest of it standing.
  const longest = [...sources].sort((one, other) => other.length - one.length)
  return new RegExp(longest.join('|'), 'giu')
}

function sourceOf(value: string): string | undefined {
  const characters = [...value.normalize('NFKC').replace(/[\s\-·]+/gu, '')].slice(0, LONGEST)
  if (characters.length < SHORTEST) return undefined
  return characters.map(anyWidth).join('[\\s\\-－·]{0,2}')
}

/** A printable ASCII character has a twin in full width, 0xFEE0 further. */
function anyWidth(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const plain = escaped(character)
  return code > 0x20 && code < 0x7f ? `[${plain}${String.fromCodePoint(code + 0xfee0)}]` : plain
}

function escaped(character: string): string {
  return /[\\^$.*+?()[\]{}|/-]/u.test(character) ? `\\${character}` : character
}

/** What of a typed text may be said again in an error: the whole of it, and each clause. */
export function clausesOf(text: string): readonly string[] {
  const short = text.slice(0, 1000)
  const clauses = short.split(/[,，。;；:：!！?？\n\r]+/u).filter((clause) => clause.trim().length >= 4)
  return [short, ...clauses]
}
