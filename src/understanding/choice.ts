import { coresOf } from './cores.ts'
import { startsAt } from './denials.ts'
import { isOrdinal, namedNumber } from './ordinals.ts'
import type { Names } from './names.ts'
import type { Words } from './vocabulary.ts'

/** More options than this are not lettered anywhere, so that a letter means something else there. */
const LETTERED = 16

/** The value at the place a short text names: "2", "第三个", "选B", "option c", "the last one". */
export function byPlace(words: Words, names: Names, said: string): string | undefined {
  for (const core of coresOf(words, said)) {
    if (words.last.includes(core)) return names.options.at(-1)?.value
    const index = placeIn(words, names, core, core === said)
    const option = index === undefined ? undefined : names.options[index - 1]
    if (option) return option.value
  }
  return undefined
}

/**
 * Digits and ordinals name a place; a plain "one" or "三" only as the whole text or after "option", and a counted
 * thing ("有2个") never: it says how many.
 */
function placeIn(words: Words, names: Names, core: string, whole: boolean): number | undefined {
  const start = words.numberBefore.find((word) => core.length > word.length && startsAt(word, core, 0))
  const framed = start !== undefined
  let rest = unmarked(core.slice(start?.length ?? 0))
  const ends =
    framed || isOrdinal(rest.split(' ')[0] ?? '')
      ? [...words.numberCounters, ...words.numberAfter]
      : words.numberAfter
  const end = ends.find(
    (word) =>
      rest.length > word.length && rest.endsWith(word) && startsAt(word, rest, rest.length - word.length),
  )
  if (end) rest = unmarked(rest.slice(0, -end.length))
  if (!framed && !whole && !/^\d/.test(rest) && !isOrdinal(rest)) return letter(names, rest)
  return namedNumber(rest) ?? letter(names, rest)
}

function unmarked(text: string): string {
  return text.replace(/^[\s.:：、]+|[\s.:：、]+$/gu, '')
}

/** "2和3", "2, 4", "第2个和第3个", "a and c": undefined unless every part names a place. */
export function byPlaces(
  words: Words,
  names: Names,
  said: string,
  separators: readonly string[],
): readonly string[] | undefined {
  let parts: readonly string[] = [said]
  for (const separator of [...separators, ' ']) parts = parts.flatMap((part) => part.split(separator))
  const values = parts
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== 'and')
    .map((part) => byPlace(words, names, part))
  const known = values.filter((value) => value !== undefined)
  return known.length > 1 && known.length === values.length ? [...new Set(known)] : undefined
}

function letter(names: Names, said: string): number | undefined {
  if (!/^[a-p]$/.test(said) || names.options.length > LETTERED) return undefined
  return said.charCodeAt(0) - 'a'.charCodeAt(0) + 1
}
